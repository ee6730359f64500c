package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.EmbeddedPostgres;
import dev.tidegate.server.platform.storage.StorageLocation;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is gone in the middle of a rollout; {@code -Dtest.outage-seconds} says how long. */
class DatabaseGoneTest {
    private static final int OUTAGE_SECONDS = Integer.getInteger("test.outage-seconds", 12);
    private static final String PLAN =
            """
            name: long
            steps:
              - { weight: 50%, minimum-time: 1h }
              - { promote: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
            """;

    @Test
    void servesFromTheChampionMeanwhileAndGoesOnAfterwards(@TempDir Path directory)
            throws Exception {
        Path home = directory.resolve("home");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("external"));
                ServerProcess server = start(directory, home, postgres.location())) {
            ControlClient control = new ControlClient(server);
            control.register("1", TestGraph.plus(1), "champion");
            control.register("2", TestGraph.plus(2));
            try (Load load = new Load(server.channel())) {
                String rollout = control.start("2", PLAN).getId();
                assertThat(verdictsUntilSafe(control, rollout)).isNotEmpty();
                postgres.stop();
                awaitReason(load, "route_stale");
                Thread.sleep(Duration.ofSeconds(OUTAGE_SECONDS));
                assertThat(load.reasonsOfTheNewest(200)).containsOnly("route_stale");
                assertThat(load.failures()).isEmpty();
                postgres.restart();
                assertThat(verdictsUntilSafe(control, rollout))
                        .startsWith("INSUFFICIENT")
                        .endsWith("SAFE");
                awaitReason(load, "candidate");
                assertThat(control.rollout(rollout).getState()).isEqualTo("RUNNING");
                assertThat(load.failures()).isEmpty();
            }
        }
    }

    private static ServerProcess start(Path directory, Path home, StorageLocation storage)
            throws Exception {
        Path config =
                Files.writeString(
                        directory.resolve("config.yaml"),
                        """
                        tidegate:
                          storage:
                            url: %s
                            username: %s
                            password: %s
                        """
                                .formatted(storage.url(), storage.username(), storage.password()));
        return ServerProcess.start(home, "--config", config.toString());
    }

    /** Returns what the gate said of the errors, each verdict once in a row. */
    private static List<String> verdictsUntilSafe(ControlClient control, String rollout) {
        List<String> verdicts = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .ignoreException(StatusRuntimeException.class)
                .until(
                        () -> {
                            List<GuardrailReading> readings =
                                    control.rollout(rollout).getGuardrailsList();
                            String verdict =
                                    readings.isEmpty() ? "" : readings.getFirst().getVerdict();
                            if (verdicts.isEmpty() || !verdicts.getLast().equals(verdict)) {
                                verdicts.add(verdict);
                            }
                            return verdict.equals("SAFE");
                        });
        return verdicts;
    }

    private static void awaitReason(Load load, String reason) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> load.reasonsOfTheNewest(20).contains(reason));
    }
}
