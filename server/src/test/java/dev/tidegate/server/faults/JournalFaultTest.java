package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.Mark;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a real server cannot be written, or is gone. */
class JournalFaultTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final String CONFIG =
            """
            tidegate:
              journal:
                payload-cap: 1024
                segment-bytes: 1048576
                max-bytes: 33554432
              rollout:
                loss-counts: 3s
            """;
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
    void answersAndSaysWhatIsLostWhileTheDiskIsFullAndJudgesAgainAfterwards() throws Exception {
        try (ServerProcess server = start()) {
            ControlClient control = new ControlClient(server);
            registerBoth(control);
            try (Load load = new Load(server.channel())) {
                String rollout = beginRollout(control);
                List<Path> full = fillTheDisk();
                await().until(() -> !problems(control, "journal cannot be written").isEmpty());
                assertThat(problems(control, "journal cannot be written"))
                        .singleElement()
                        .asString()
                        .contains(".segment", "expected room for 1048576 bytes", "No space left");
                await().until(() -> control.guardrail(rollout).getVerdict().equals("INSUFFICIENT"));
                await().until(() -> lostReason(control.guardrail(rollout)));
                assertThat(problems(control, "were not logged")).hasSize(1);
                assertThat(control.rollout(rollout).getState()).isEqualTo("RUNNING");
                assertThat(load.failures()).isEmpty();
                for (Path link : full) {
                    Files.delete(link);
                }
                await().until(() -> problems(control, "journal cannot be written").isEmpty());
                await().until(() -> control.guardrail(rollout).getVerdict().equals("SAFE"));
                assertThat(gaps(control.rollout(rollout)))
                        .isNotEmpty()
                        .allMatch(g -> g.contains("lost"));
                load.stop();
                assertThat(load.failures()).isEmpty();
                everyAnswerIsLoggedOrCounted(server, load);
            }
        }
    }

    @Test
    void listsTheGapThatALostJournalLeaves() throws Exception {
        ServerProcess first = start();
        registerBoth(new ControlClient(first));
        String rollout;
        try (Load load = new Load(first.channel())) {
            rollout = beginRollout(new ControlClient(first));
            assertThat(load.answered()).isNotEmpty();
            first.kill();
        }
        delete(journalOfTheOnlyBoot());
        try (ServerProcess second = start()) {
            ControlClient control = new ControlClient(second);
            assertThat(problems(control, "journal of"))
                    .singleElement()
                    .asString()
                    .contains("gone", "of evidence missing");
            assertThat(gaps(control.rollout(rollout)))
                    .singleElement()
                    .asString()
                    .contains("journal of", "gone");
            assertThat(control.rollout(rollout).getState()).isEqualTo("RUNNING");
        }
    }

    @Test
    void refusesToStartWhereItsJournalCannotBeMade() throws Exception {
        Files.createSymbolicLink(home.resolve("journal"), FULL);
        ServerProcess.Refusal refusal = ServerProcess.startRefused(home);
        assertThat(refusal.code()).isEqualTo(1);
        assertThat(refusal.said())
                .contains(
                        home.resolve("journal").toString(),
                        "expected a directory that can be written");
        assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    private ServerProcess start() throws IOException {
        Path config = Files.writeString(home.resolve("config.yaml"), CONFIG);
        return ServerProcess.start(home, "--config", config.toString());
    }

    private static void registerBoth(ControlClient control) {
        control.register("1", TestGraph.plus(1), "champion");
        control.register("2", TestGraph.plus(2));
    }

    private static String beginRollout(ControlClient control) {
        String rollout = control.start("2", PLAN).getId();
        await().until(
                        () ->
                                control.rollout(rollout).getGuardrailsCount() > 0
                                        && control.guardrail(rollout).getVerdict().equals("SAFE"));
        return rollout;
    }

    /** Every segment that is not there yet leads to a disk without room. */
    private List<Path> fillTheDisk() throws IOException {
        Path journal = journalOfTheOnlyBoot();
        List<Path> links = new ArrayList<>();
        long next = newest(journal) + 1;
        for (long number = next; number < next + 50; number++) {
            Path segment = journal.resolve(number + ".segment");
            if (Files.notExists(segment)) {
                links.add(Files.createSymbolicLink(segment, FULL));
            }
        }
        return links;
    }

    private static long newest(Path journal) throws IOException {
        try (Stream<Path> segments = Files.list(journal)) {
            return segments.map(path -> path.getFileName().toString())
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElseThrow();
        }
    }

    private Path journalOfTheOnlyBoot() throws IOException {
        try (Stream<Path> boots = Files.list(home.resolve("journal"))) {
            List<Path> all = boots.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static void delete(Path journal) throws IOException {
        try (Stream<Path> segments = Files.list(journal)) {
            for (Path segment : (Iterable<Path>) segments::iterator) {
                Files.delete(segment);
            }
        }
        Files.delete(journal);
    }

    private static boolean lostReason(GuardrailReading reading) {
        return reading.getVerdict().equals("INSUFFICIENT")
                && reading.getReason().contains("events were lost")
                && reading.getReason().contains("the journal cannot be written");
    }

    private static List<String> problems(ControlClient control, String about) {
        return control.problems().stream().filter(problem -> problem.contains(about)).toList();
    }

    private static List<String> gaps(Rollout rollout) {
        return rollout.getMarksList().stream()
                .filter(mark -> mark.getKind().equals("gap"))
                .map(Mark::getLabel)
                .toList();
    }

    private static void everyAnswerIsLoggedOrCounted(ServerProcess server, Load load)
            throws IOException {
        StorageLocation storage = server.storage();
        Jdbi database =
                Jdbi.create(storage.url(), storage.username(), String.valueOf(storage.password()));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                database.<Long, RuntimeException>withHandle(
                                                        handle ->
                                                                handle.createQuery(
                                                                                "select (select sum(events) from prediction_block)"
                                                                                        + " + (select sum(lost) from evidence_batch)")
                                                                        .mapTo(Long.class)
                                                                        .one()))
                                        .isEqualTo(load.answered().size()));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }
}
