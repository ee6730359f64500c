package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalConfig;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.PredictionIds;
import dev.tidegate.server.journal.ReadBack;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(PredictionLogTest.Place.class)
final class PredictionLogTest {
    private static final UUID ROLLOUT = new UUID(5, 6);

    @Parameter Place place = Place.DATABASE;
    @TempDir Path home;
    private final Events events = new Events(13);
    private Database database;
    private LogTiers tiers;
    private ArmEvent churn;
    private ArmEvent churnAgain;
    private ArmEvent failed;
    private ArmEvent other;
    private long boots;

    @BeforeEach
    void fill() {
        database = TestDatabase.create();
        tiers = new LogTiers(database, home.resolve("predictions"));
        long churnModel = model("churn");
        long v1 = version(churnModel, "v1");
        long v2 = version(churnModel, "v2");
        long otherModel = model("other");
        long otherVersion = version(otherModel, "v1");
        database.transaction(tx -> route(tx, 2, churnModel, v1, v2));
        churn = event(churnModel, v1, v1, 1, Outcome.OK, "mine");
        churnAgain = event(churnModel, v1, v1, 1, Outcome.OK, "mine");
        failed = event(churnModel, v2, v1, 2, Outcome.FAILED, "");
        other = event(otherModel, otherVersion, otherVersion, 3, Outcome.OK, "theirs");
        deliver(churn, churnAgain, failed, other);
        if (place == Place.BOTH) {
            tiers.handOverAll();
        }
    }

    /** Where predictions are when they are looked for. */
    enum Place {
        DATABASE,
        FILES,
        BOTH
    }

    private PredictionLog log() {
        if (place == Place.FILES) {
            tiers.handOverAll();
        }
        return tiers.log;
    }

    @AfterEach
    void close() {
        tiers.close();
        database.close();
    }

    @Test
    void findsByTheServersId() {
        assertThat(log().find(failed.predictionId().toString()))
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.model()).isEqualTo("churn");
                            assertThat(entry.routedVersion()).isEqualTo("v2");
                            assertThat(entry.answeredVersion()).isEqualTo("v1");
                            assertThat(entry.error()).isEqualTo("no such category");
                        });
    }

    @Test
    void findsAllRequestsOfAClientThatRepeatsItsId() {
        assertThat(ids(log().find("mine")))
                .containsExactly(churnAgain.predictionId(), churn.predictionId());
    }

    @Test
    void findsNothingForAnIdThatNobodyUsed() {
        assertThat(log().find("nobody")).isEmpty();
        assertThat(log().find(new UUID(1, 1).toString())).isEmpty();
        assertThat(log().find("")).isEmpty();
    }

    @Test
    void listsNewestFirstWithoutMessages() {
        List<PredictionEntry> entries = log().list(PredictionFilter.all(), 3);
        assertThat(ids(entries))
                .containsExactly(
                        other.predictionId(), failed.predictionId(), churnAgain.predictionId());
        assertThat(entries).allSatisfy(entry -> assertThat(entry.request()).isEmpty());
    }

    @Test
    void filtersByModelVersionFailureAndRollout() {
        PredictionFilter all = PredictionFilter.all();
        assertThat(log().list(all.ofModel("churn"), 9)).hasSize(3);
        assertThat(ids(log().list(all.ofModel("churn").ofVersion("v2"), 9)))
                .containsExactly(failed.predictionId());
        assertThat(ids(log().list(all.thatFailed(), 9))).containsExactly(failed.predictionId());
        assertThat(ids(log().list(all.ofRollout(ROLLOUT), 9)))
                .containsExactly(failed.predictionId());
    }

    @Test
    void countsAllSinceATimeBeforeAllIds() {
        PredictionFilter all = PredictionFilter.all();
        assertThat(log().count(all.since(Instant.parse("0001-01-01T00:00:00Z")))).isEqualTo(4);
        assertThat(log().count(all.since(Instant.parse("9999-12-31T23:59:59Z")))).isZero();
    }

    @Test
    void findsARequestWhoseIdHasAZeroCharacter() {
        ArmEvent zero =
                event(
                        model("zero"),
                        churn.routedVersionId(),
                        churn.routedVersionId(),
                        1,
                        Outcome.OK,
                        "a\0b");
        deliver(zero);
        assertThat(ids(log().find("a\0b"))).containsExactly(zero.predictionId());
        assertThat(log().find("\0")).isEmpty();
        assertThatThrownBy(() -> log().count(PredictionFilter.all().ofModel("churn\0")))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("is unknown");
    }

    @Test
    void refusesToFilterByWhatNobodyHas() {
        PredictionFilter all = PredictionFilter.all();

        assertThatThrownBy(() -> log().list(all.ofModel("chrun"), 9))
                .isInstanceOf(TidegateException.class)
                .hasMessage("model 'chrun' is unknown");
        assertThatThrownBy(() -> log().count(all.ofModel("churn").ofVersion("v9")))
                .hasMessage("version 'v9' is unknown");
    }

    @Test
    void countsByModelAndTime() {
        assertThat(log().count(PredictionFilter.all().ofModel("churn"))).isEqualTo(3);
        assertThat(log().count(PredictionFilter.all().since(Instant.now().minusSeconds(60))))
                .isEqualTo(4);
        assertThat(log().count(PredictionFilter.all().since(Instant.now().plusSeconds(60))))
                .isZero();
    }

    @Test
    void findsManyByTheServersIdsWithoutTheirMessages() {
        UUID unknown = events.nextId();
        Map<UUID, PredictionEntry> found =
                log().findAll(List.of(churn.predictionId(), failed.predictionId(), unknown));
        assertThat(found).containsOnlyKeys(churn.predictionId(), failed.predictionId());
        PredictionEntry entry = Objects.requireNonNull(found.get(failed.predictionId()));
        assertThat(entry.routedVersion()).isEqualTo("v2");
        assertThat(entry.routeEpoch()).isEqualTo(2);
        assertThat(entry.arm()).isEqualTo(Arm.CANDIDATE);
        assertThat(entry.request()).isEmpty();
    }

    @Test
    void scansOneModelInOrderAcrossOverlappingBlocks() {
        long model = model("scanned");
        List<ArmEvent> even = new ArrayList<>();
        List<ArmEvent> odd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            (i % 2 == 0 ? even : odd).add(event(model, 1, 1, 1, Outcome.OK, ""));
        }
        deliver(even.toArray(ArmEvent[]::new));
        deliver(odd.toArray(ArmEvent[]::new));
        List<PredictionEntry> scanned = new ArrayList<>();
        log().scan(wholeRange("scanned"), scanned::add);
        assertThat(ids(scanned))
                .hasSize(200)
                .isSortedAccordingTo(IdOrder.ASCENDING)
                .contains(even.getFirst().predictionId(), odd.getLast().predictionId());
        assertThat(scanned).allSatisfy(entry -> assertThat(entry.request()).isPresent());
    }

    @Test
    void scansNoFurtherThanItsRangeAndItsVisitorWant() {
        Instant before = Instant.ofEpochMilli(PredictionIds.millisOf(churn.predictionId()));
        List<PredictionEntry> scanned = new ArrayList<>();
        log().scan(new PredictionRange("churn", before.minusSeconds(60), before), scanned::add);
        assertThat(scanned).isEmpty();
        log().scan(
                        wholeRange("churn"),
                        entry -> {
                            scanned.add(entry);
                            return false;
                        });
        assertThat(ids(scanned)).containsExactly(churn.predictionId());
        assertThatThrownBy(() -> log().scan(wholeRange("chrun"), scanned::add))
                .hasMessage("model 'chrun' is unknown");
    }

    private static PredictionRange wholeRange(String model) {
        return new PredictionRange(
                model, Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
    }

    @Test
    void countsOnlyWhatIsAfterATimeWithinABlock() {
        long begin = System.currentTimeMillis() / 10_000 * 10_000 - 60_000;
        deliver(at(begin), at(begin + 20), at(begin + 40));
        PredictionFilter after20 = since(begin + 20);
        PredictionFilter after21 = since(begin + 21);
        assertThat(log().count(since(begin))).isEqualTo(4 + 3);
        assertThat(log().count(after20)).isEqualTo(4 + 2);
        assertThat(log().count(after21)).isEqualTo(4 + 1);
        assertThat(log().list(after20, 9)).hasSize(4 + 2);
        assertThat(log().list(after21, 9)).hasSize(4 + 1);
    }

    private static PredictionFilter since(long millis) {
        return PredictionFilter.all().since(Instant.ofEpochMilli(millis));
    }

    private static ArmEvent at(long millis) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
        UUID id = new PredictionIds(clock, new Random(millis)).next();
        return Events.plain(id, new byte[] {1}, new byte[] {2});
    }

    @Test
    void listsTheNewestOfManyBlocks() {
        long model = model("many");
        List<ArmEvent> all = new ArrayList<>();
        for (int block = 0; block < 70; block++) {
            ArmEvent one = event(model, 1, 1, 1, Outcome.OK, "same");
            deliver(one);
            all.add(one);
        }
        List<UUID> newestFirst = all.reversed().stream().map(ArmEvent::predictionId).toList();
        PredictionFilter many = PredictionFilter.all().ofModel("many");
        assertThat(ids(log().list(many, 66))).isEqualTo(newestFirst.subList(0, 66));
        assertThat(ids(log().list(many, 100))).isEqualTo(newestFirst);
        assertThat(ids(log().find("same"))).isEqualTo(newestFirst);
        assertThat(log().count(many)).isEqualTo(70);
    }

    private static List<UUID> ids(List<PredictionEntry> entries) {
        return entries.stream().map(PredictionEntry::id).toList();
    }

    private long model(String name) {
        return database.transaction(
                tx ->
                        tx.createQuery("insert into model (name) values (:name) returning id")
                                .bind("name", name)
                                .mapTo(Long.class)
                                .one());
    }

    private long version(long model, String version) {
        return database.transaction(
                tx ->
                        tx.createQuery(
                                        "insert into model_version (model_id, version, digest, bytes,"
                                                + " state, signature, lineage, registered_by) values"
                                                + " (:model, :version, repeat('0', 64), 1, 'LIVE',"
                                                + " '{}', '{}', 'test') returning id")
                                .bind("model", model)
                                .bind("version", version)
                                .mapTo(Long.class)
                                .one());
    }

    private static int route(Handle tx, long epoch, long model, long champion, long candidate) {
        return tx.createUpdate(
                        "insert into route (epoch, model_id, champion_id, candidate_id, weight, salt,"
                                + " rollout_id, slow) values (:epoch, :model, :champion, :candidate,"
                                + " 0.5, decode(repeat('00', 16), 'hex'), :rollout, '[]')")
                .bind("epoch", epoch)
                .bind("model", model)
                .bind("champion", champion)
                .bind("candidate", candidate)
                .bind("rollout", ROLLOUT)
                .execute();
    }

    private ArmEvent event(
            long model, long routed, long answered, long epoch, Outcome outcome, String clientId) {
        UUID id = events.nextId();
        return new ArmEvent(
                id,
                System.currentTimeMillis() * 1000,
                epoch,
                model,
                routed,
                answered,
                routed == answered ? Arm.CHAMPION : Arm.CANDIDATE,
                routed == answered ? RouteReason.CHAMPION : RouteReason.FAILOVER,
                true,
                1,
                outcome,
                10,
                2,
                5,
                clientId,
                outcome.isOk() ? "" : "no such category",
                new byte[] {1},
                new byte[] {2});
    }

    private void deliver(ArmEvent... all) {
        Replica replica = new Replica(new UUID(3, ++boots), "test");
        try (Journal journal =
                new Journal(
                        home.resolve(replica.boot().toString()),
                        new JournalConfig(1 << 18, 1 << 23, 1 << 10))) {
            for (ArmEvent event : all) {
                ReadBack.append(journal, event);
            }
            TestLog.delivery(database, journal, replica).follow();
        }
    }
}
