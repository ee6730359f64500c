package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed again and again in the middle of a rollout under load.
 *
 * <p>{@code -Dtest.kills} says how often, {@code -Dtest.kill-seed} when.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("test.kills", 3);
    private static final long SEED = Long.getLong("test.kill-seed", 20_261_121L);
    private static final int MOST_WAIT_MILLIS = 4000;
    private static final String CONFIG =
            """
            tidegate:
              rollout:
                warm-up: 0s
                baseline-requests: 50
            """;
    private static final String PLAN =
            """
            name: long
            steps:
              - { weight: 10%, minimum-time: 2s, minimum-units: 20 }
              - { weight: 30%, minimum-time: 4s, minimum-units: 50 }
              - { weight: 50%, minimum-time: 1h }
              - { promote: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
              - { name: slow p95, metric: slow, quantile: 0.95, margin: 10s, tolerance: 0.3 }
            """;

    @Test
    void losesNothingThatWasAnsweredAndGoesOnWhereItWas(@TempDir Path home) throws Exception {
        Random random = new Random(SEED);
        Path config = Files.writeString(home.resolve("config.yaml"), CONFIG);
        ServerProcess server = ServerProcess.start(home, "--config", config.toString());
        ControlClient control = new ControlClient(server);
        control.register("1", TestGraph.plus(1), "champion");
        control.register("2", TestGraph.plus(2));
        try (Load load = new Load(server.channel())) {
            String rollout = control.start("2", PLAN).getId();
            awaitStep(server, rollout, 0);
            int step = 0;
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(random.nextInt(MOST_WAIT_MILLIS));
                step = Math.max(step, new ControlClient(server).rollout(rollout).getStep());
                server.kill();
                server = ServerProcess.start(home, "--config", config.toString());
                load.redirect(server.channel());
                Rollout after = new ControlClient(server).rollout(rollout);
                assertThat(after.getState()).isEqualTo("RUNNING");
                assertThat(after.getStep()).isGreaterThanOrEqualTo(step);
            }
            awaitStep(server, rollout, 2);
            load.stop();
            verify(server, load);
        } finally {
            server.close();
        }
    }

    private static void awaitStep(ServerProcess server, String rollout, int step) {
        ControlClient control = new ControlClient(server);
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> control.rollout(rollout).getStep() >= step);
    }

    private static void verify(ServerProcess server, Load load) throws IOException {
        assertThat(new ControlClient(server).verifyAudit().getValid()).isTrue();
        Jdbi database = database(server.storage());
        Set<String> answered = new HashSet<>(load.answered().values());
        assertThat(answered).hasSameSizeAs(load.answered().keySet()).hasSizeGreaterThan(100);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () ->
                                assertThat(database.withHandle(KillTest::loggedIds))
                                        .containsAll(answered));
        database.useHandle(handle -> everyEntryWasAskedFor(handle, load, answered));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () ->
                                assertThat(database.withHandle(KillTest::evidence))
                                        .isEqualTo(database.withHandle(KillTest::recount)));
    }

    private static Set<String> loggedIds(Handle handle) {
        List<String> ids =
                handle.createQuery("select id::text from prediction").mapTo(String.class).list();
        assertThat(ids).doesNotHaveDuplicates();
        return new HashSet<>(ids);
    }

    private static void everyEntryWasAskedFor(Handle handle, Load load, Set<String> answered) {
        handle.createQuery("select id::text as id, client_id from prediction")
                .map((row, context) -> Map.entry(row.getString("id"), row.getString("client_id")))
                .forEach(
                        entry -> {
                            assertThat(load.sent()).contains(entry.getValue());
                            if (!answered.contains(entry.getKey())) {
                                assertThat(load.answered()).doesNotContainKey(entry.getValue());
                            }
                        });
    }

    private static Map<String, Long> evidence(Handle handle) {
        return counts(
                handle,
                "select epoch, arm, sum(requests) as n from evidence_row group by epoch, arm");
    }

    private static Map<String, Long> recount(Handle handle) {
        return counts(
                handle,
                "select route_epoch as epoch, arm, count(*) as n from prediction"
                        + " group by route_epoch, arm");
    }

    private static Map<String, Long> counts(Handle handle, String sql) {
        return handle
                .createQuery(sql)
                .map(
                        (row, context) ->
                                Map.entry(
                                        row.getLong("epoch") + "/" + row.getInt("arm"),
                                        row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Jdbi database(StorageLocation storage) {
        return Jdbi.create(storage.url(), storage.username(), String.valueOf(storage.password()));
    }
}
