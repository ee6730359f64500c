package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.ModelRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A move that meets another change of its model waits for it, and neither waits for the other. */
final class RolloutLocksTest {
    private static final AuditEvent EVENT = new AuditEvent("eva", "test", "model/m", Map.of());

    @TempDir private Path home;
    private RolloutHarness harness;

    @BeforeEach
    void open() {
        harness = new RolloutHarness(home);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void rollsBackAfterAnotherChangeOfTheModel() {
        UUID id = harness.start();
        harness.look(id);

        during(() -> rollBack(id));

        assertThat(harness.get(id).state()).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void entersAStepAfterAnotherChangeOfTheModel() {
        UUID id = harness.start();

        during(() -> harness.look(id));

        assertThat(harness.get(id).step()).isZero();
    }

    private void rollBack(UUID id) {
        harness.commands()
                .rollBack(
                        new RolloutCommands.Command(id, RolloutHarness.ENGINEER, "enough", "", 0));
    }

    @Test
    void registersAChampionAfterAnotherRouteWasWritten() {
        harness.register("1", TestGraph.plus(1));
        AuditTrail audit = harness.context.getBean(AuditTrail.class);

        during(
                tx -> tx.execute("lock table route_epoch in exclusive mode"),
                () -> harness.register("2", TestGraph.plus(2), ModelRegistry.CHAMPION),
                tx -> audit.append(tx, EVENT));

        assertThat(harness.database.read(this::routes)).isEqualTo(1);
    }

    @Test
    void pointsMissingAliasesAfterAnotherRouteWasWritten() {
        harness.register("1", TestGraph.plus(1));
        AuditTrail audit = harness.context.getBean(AuditTrail.class);

        during(
                tx -> tx.execute("lock table route_epoch in exclusive mode"),
                () -> harness.register("1", TestGraph.plus(1), "stable", ModelRegistry.CHAMPION),
                tx -> audit.append(tx, EVENT));

        assertThat(harness.database.read(this::routes)).isEqualTo(1);
    }

    private long routes(Handle handle) {
        return handle.createQuery("select count(*) from route").mapTo(Long.class).one();
    }

    /** Makes the move while a transaction has the model, as a registration has it. */
    private void during(Runnable move) {
        AuditTrail audit = harness.context.getBean(AuditTrail.class);
        during(
                tx -> harness.context.getBean(ModelRegistry.class).lock(tx, "m"),
                move,
                tx -> {
                    audit.append(tx, EVENT);
                    tx.execute("lock table route_epoch in exclusive mode");
                });
    }

    /** Makes the move between two parts of another transaction, which ends before the move. */
    private void during(Consumer<Handle> before, Runnable move, Consumer<Handle> after) {
        CompletableFuture<Void> moved =
                harness.database.transaction(
                        tx -> {
                            before.accept(tx);
                            CompletableFuture<Void> running = CompletableFuture.runAsync(move);
                            await().until(this::somebodyWaits);
                            after.accept(tx);
                            return running;
                        });
        moved.join();
    }

    private boolean somebodyWaits() {
        return harness.database.read(
                handle ->
                        handle.createQuery(
                                        "select count(*) > 0 from pg_stat_activity"
                                                + " where datname = current_database()"
                                                + " and wait_event_type = 'Lock'")
                                .mapTo(Boolean.class)
                                .one());
    }
}
