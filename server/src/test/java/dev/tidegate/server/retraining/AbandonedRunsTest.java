package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AbandonedRunsTest {
    @TempDir private Path folder;
    private ApplicationContext context;
    private Database database;

    @BeforeEach
    void start() {
        context = TestContext.start(folder.resolve("home"));
        database = context.getBean(Database.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void failsTheRunsOfAServerThatIsGoneAndNoOthers() {
        UUID gone = UUID.randomUUID();
        UUID live = UUID.randomUUID();
        replica(live);
        UUID killed = run(gone, "0 s");
        UUID elsewhere = run(live, "1 h");
        UUID own = run(context.getBean(Replica.class).boot(), "0 s");
        UUID forgotten = run(context.getBean(Replica.class).boot(), "1 h");

        context.getBean(Leadership.class).start();
        context.getBean(AbandonedRuns.class).start();

        await().untilAsserted(() -> assertThat(state(killed)).isEqualTo("FAILED"));
        assertThat(state(forgotten)).isEqualTo("FAILED");
        assertThat(state(elsewhere)).isEqualTo("TRAINING");
        assertThat(state(own)).isEqualTo("TRAINING");
        assertThat(audited(killed))
                .isEqualTo("training.failed by tidegate: " + AbandonedRuns.REASON);
    }

    private void replica(UUID boot) {
        database.transaction(
                tx ->
                        tx.execute(
                                "insert into replica (boot, name, lease_until)"
                                        + " values (?, 'other', clock_timestamp() + interval '1 hour')",
                                boot));
    }

    private UUID run(UUID boot, String age) {
        UUID run = UUID.randomUUID();
        database.transaction(
                tx ->
                        tx.execute(
                                "insert into training_run (id, model, algorithm, target, state, message, boot,"
                                        + " started_by, started_at) values (?, 'churn', 'xgboost', 'churn',"
                                        + " 'TRAINING', '', ?, 'eva', clock_timestamp() - ?::interval)",
                                run,
                                boot,
                                age));
        return run;
    }

    private String state(UUID run) {
        return text("select state from training_run where id = ?", run);
    }

    private String audited(UUID run) {
        return text(
                "select action || ' by ' || principal || ': ' || (detail::json ->> 'message')"
                        + " from audit_event where subject = 'training/' || ?::text",
                run);
    }

    private String text(String query, UUID run) {
        return database.read(handle -> handle.select(query, run).mapTo(String.class).one());
    }
}
