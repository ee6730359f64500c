package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.inference.onnx.TestGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's own PostgreSQL is killed while a rollout runs under load. */
class PostmasterKilledTest {
    private static final String PLAN =
            """
            name: long
            steps:
              - { weight: 50%, minimum-time: 1h }
              - { promote: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
            """;

    @TempDir Path home;

    @Test
    void isStartedAgainWhileTheChampionAnswers() throws Exception {
        try (ServerProcess server = ServerProcess.start(home)) {
            ControlClient control = new ControlClient(server);
            control.register("1", TestGraph.plus(1), "champion");
            control.register("2", TestGraph.plus(2));
            try (Load load = new Load(server.channel())) {
                String rollout = control.start("2", PLAN).getId();
                await().until(() -> load.reasonsOfTheNewest(20).contains("candidate"));
                killAndKeepFromStarting(control, load);
                await().until(() -> load.reasonsOfTheNewest(20).contains("candidate"));
                assertThat(about(control, "embedded PostgreSQL"))
                        .singleElement()
                        .asString()
                        .contains("was started again");
                long second = postmaster();
                kill(second);
                await().ignoreExceptions()
                        .until(
                                () ->
                                        postmaster() != second
                                                && about(control, "not answer").isEmpty());
                await().ignoreExceptions()
                        .until(() -> control.guardrail(rollout).getVerdict().equals("SAFE"));
                assertThat(control.rollout(rollout).getState()).isEqualTo("RUNNING");
                assertThat(load.failures()).isEmpty();
            }
        }
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
    }

    /** Takes the data away for as long as it takes to see how the server goes on without. */
    private void killAndKeepFromStarting(ControlClient control, Load load) throws IOException {
        long postmaster = postmaster();
        Path away = home.resolve("postgres/away");
        Files.move(data(), away);
        kill(postmaster);
        await().until(() -> !about(control, "the next try is in").isEmpty());
        assertThat(about(control, "embedded PostgreSQL has ended")).hasSize(1);
        assertThat(about(control, "the database does not answer")).hasSize(1);
        await().until(() -> load.reasonsOfTheNewest(200).equals(Set.of("route_stale")));
        Files.move(away, data());
    }

    private static List<String> about(ControlClient control, String words) {
        return control.problems().stream().filter(problem -> problem.contains(words)).toList();
    }

    private static void kill(long postmaster) {
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
    }

    private Path data() {
        return home.resolve("postgres/data");
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100));
    }
}
