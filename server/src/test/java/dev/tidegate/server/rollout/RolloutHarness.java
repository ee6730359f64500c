package dev.tidegate.server.rollout;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.evidence.WrittenEvidence;
import dev.tidegate.server.evidence.WrittenEvidence.ArmPart;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.identity.Role;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.NewVersion;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionRegistration;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Rollouts over a real database; the evidence and the leader's looks are the test's. */
final class RolloutHarness implements AutoCloseable {
    static final Principal ENGINEER = new Principal("k1", "eva", Set.of(Role.ENGINEER));
    static final Principal APPROVER = new Principal("k2", "ali", Set.of(Role.APPROVER));
    private static final long LEADERSHIP = 0x7469_6465_6761_7465L;
    static final String PLAN =
            """
            name: test
            steps:
              - { weight: 10%, minimum-units: 50 }
              - { weight: 50%, minimum-units: 50 }
              - { promote: true, approval: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
            """;

    final ApplicationContext context;
    final Database database;
    final WrittenEvidence evidence;
    private final RolloutLook look;
    private final Connection leader;
    private RolloutFold fold = new RolloutFold(PlanFormat.parseYaml(PLAN));
    private long nextUnit = 1;

    RolloutHarness(Path home) {
        this(home, Map.of());
    }

    RolloutHarness(Path home, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("tidegate.rollout.stale-after", "1h");
        all.put("tidegate.journal.segment-bytes", 1 << 17);
        all.put("tidegate.journal.max-bytes", 1 << 20);
        all.put("tidegate.journal.payload-cap", 1 << 10);
        context = TestContext.start(home, TestDatabase.createEmpty(), all);
        database = context.getBean(Database.class);
        evidence = new WrittenEvidence(database);
        look = context.getBean(RolloutLook.class);
        leader = connection();
        lead();
    }

    private Connection connection() {
        try {
            return database.dedicatedConnection(Duration.ofSeconds(30));
        } catch (SQLException e) {
            throw new IllegalStateException("the leader cannot connect", e);
        }
    }

    /** Makes the replica whose evidence the tests write the leader, from now on. */
    void lead() {
        Jdbi.create(leader)
                .useHandle(
                        tx -> {
                            tx.execute("select pg_try_advisory_lock(?)", LEADERSHIP);
                            tx.execute(
                                    "update leadership set epoch = epoch + 1, replica = ?,"
                                            + " since = clock_timestamp()",
                                    evidence.boot());
                        });
    }

    /** Takes the leader away. */
    void loseTheLeader() {
        try {
            leader.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the leader's connection does not close", e);
        }
    }

    RegisteredVersion register(String version, byte[] graph, String... aliases) {
        try (ArtifactUpload upload = context.getBean(ArtifactStore.class).begin()) {
            upload.write(graph);
            return context.getBean(VersionRegistration.class)
                    .register(
                            new NewVersion("", 0, "m", version, List.of(aliases), "", ""),
                            upload,
                            ENGINEER);
        }
    }

    /** Registers a champion and a candidate, and starts a rollout of the plan. */
    UUID start() {
        register("1", TestGraph.plus(1), ModelRegistry.CHAMPION);
        register("2", TestGraph.plus(2));
        return start("2", ENGINEER);
    }

    UUID start(String candidate, Principal by) {
        return context.getBean(RolloutStarter.class)
                .start("m", candidate, PlanFormat.parseYaml(PLAN), by, "");
    }

    /** Takes one look as the leader would. */
    Rollout look(UUID id) {
        return database.transaction(
                tx -> {
                    look.take(tx, context.getBean(RolloutTable.class).lock(tx, id), fold);
                    return context.getBean(RolloutTable.class).get(tx, id);
                });
    }

    /** Forgets what is in memory, as another leader would never have had it. */
    void anotherLeader(UUID id) {
        fold =
                database.transaction(
                        tx -> look.restore(tx, context.getBean(RolloutTable.class).get(tx, id)));
    }

    /** Writes one second with new units on both arms, some of which fail. */
    void traffic(
            UUID id, int championUnits, int championFails, int candidateUnits, int candidateFails) {
        Rollout rollout = get(id);
        long epoch = route(rollout).epoch();
        evidence.secondOf(
                part(rollout, epoch, 1, championUnits, championFails),
                part(rollout, epoch, 2, candidateUnits, candidateFails));
    }

    /** Writes one second in which only the champion is asked. */
    void championTraffic(UUID id, int units) {
        Rollout rollout = get(id);
        evidence.secondOf(part(rollout, route(rollout).epoch(), 1, units, 0));
    }

    private ArmPart part(Rollout rollout, long epoch, int arm, int units, int failing) {
        long first = nextUnit;
        nextUnit += units;
        return new ArmPart(
                rollout.modelId(),
                epoch,
                arm,
                arm == 1 ? rollout.championId() : rollout.candidateId(),
                first * 0x9E3779B97F4A7C15L,
                units,
                failing);
    }

    Rollout get(UUID id) {
        return database.read(handle -> context.getBean(RolloutTable.class).get(handle, id));
    }

    RouteSnapshot route(Rollout rollout) {
        return database.read(
                handle ->
                        context.getBean(RouteReader.class)
                                .current(handle, rollout.modelId())
                                .orElseThrow());
    }

    EvidenceSnapshot snapshot(UUID id) {
        return reading(id).snapshot();
    }

    RolloutReading reading(UUID id) {
        return newest(id).orElseThrow();
    }

    Optional<RolloutReading> newest(UUID id) {
        return database.read(handle -> context.getBean(ReadingTable.class).newest(handle, get(id)));
    }

    void approve(UUID id, Principal by) {
        approve(id, by, snapshot(id));
    }

    void approve(UUID id, Principal by, EvidenceSnapshot snapshot) {
        commands().approve(new RolloutCommands.Command(id, by, "looks right", "", 0), snapshot);
    }

    RolloutCommands commands() {
        return context.getBean(RolloutCommands.class);
    }

    /** Lets the evidence, which is of the newest half minute, fall into the rollouts' time. */
    void startedAMinuteAgo() {
        database.transaction(
                tx -> tx.execute("update rollout set started_at = started_at - interval '1 min'"));
    }

    /** Notes a journal that was gone before all of it was delivered. */
    void loseAJournal() {
        database.transaction(
                tx ->
                        tx.execute(
                                "insert into journal_boot (boot, place, lost_at) values"
                                        + " ('00000000-0000-0007-0000-000000000007', 'elsewhere',"
                                        + " clock_timestamp())"));
    }

    /** Returns the rollout as a screen shows it. */
    RolloutView view(UUID id) {
        return database.read(
                handle ->
                        context.getBean(RolloutViews.class)
                                .of(
                                        handle,
                                        context.getBean(RolloutTable.class).get(handle, id),
                                        APPROVER));
    }

    /** Brings a fresh rollout to its last step, waiting for the approval of the promotion. */
    void reachApproval(UUID id) {
        look(id);
        traffic(id, 900, 0, 100, 0);
        look(id);
        traffic(id, 200, 0, 200, 0);
        look(id);
    }

    @Override
    public void close() {
        loseTheLeader();
        context.close();
    }
}
