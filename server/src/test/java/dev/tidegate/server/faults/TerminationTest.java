package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.predictionlog.LoggedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is told to end while clients ask. */
class TerminationTest {
    private static final int ROUNDS = 3;

    @Test
    void answersWhatItTookAndLosesNothing(@TempDir Path home) throws IOException {
        ServerProcess server = ServerProcess.start(home);
        new ControlClient(server).register("1", TestGraph.plus(1), "champion");
        try (Load load = new Load(server.channel())) {
            for (int round = 0; round < ROUNDS; round++) {
                int answered = load.answered().size();
                Awaitility.await().until(() -> load.answered().size() > answered + 300);
                assertThat(server.terminate()).as("exit code").isZero();
                server.close();
                server = ServerProcess.start(home);
                load.redirect(server.channel());
            }
            load.stop();
            assertThat(load.failures()).isNotEmpty().allMatch(f -> f.contains("UNAVAILABLE"));
            assertThat(crashReports(home)).isEmpty();
            assertThat(Files.readString(home.resolve("server.log"))).doesNotContain("ERROR");
            everyAnswerIsInTheLogOnce(database(server), load);
        } finally {
            server.close();
        }
    }

    @Test
    void failsNoRequestOverHttpThatItTook(@TempDir Path home) throws Exception {
        ServerProcess server = ServerProcess.start(home);
        new ControlClient(server).register("1", TestGraph.plus(1), "champion");
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (RestLoad load = new RestLoad(server.http())) {
                    Awaitility.await().until(() -> load.answered() > 300);
                    assertThat(server.terminate()).as("exit code").isZero();
                    assertThat(load.failures()).isEmpty();
                }
                server.close();
                server = ServerProcess.start(home);
            }
        } finally {
            server.close();
        }
    }

    private static List<Path> crashReports(Path home) throws IOException {
        try (Stream<Path> here = Files.list(Path.of(""));
                Stream<Path> there = Files.list(home)) {
            return Stream.concat(here, there)
                    .filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    private static void everyAnswerIsInTheLogOnce(Jdbi database, Load load) {
        Set<String> answered = new HashSet<>(load.answered().values());
        Awaitility.await()
                .untilAsserted(() -> assertThat(loggedIds(database)).containsAll(answered));
        assertThat(loggedIds(database)).doesNotHaveDuplicates();
    }

    private static List<String> loggedIds(Jdbi database) {
        return database.withHandle(
                handle ->
                        LoggedEvents.of(handle).stream()
                                .map(event -> event.predictionId().toString())
                                .toList());
    }

    private static Jdbi database(ServerProcess server) throws IOException {
        StorageLocation storage = server.storage();
        return Jdbi.create(storage.url(), storage.username(), String.valueOf(storage.password()));
    }
}
