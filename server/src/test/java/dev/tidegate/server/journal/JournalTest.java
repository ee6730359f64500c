package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final JournalConfig SMALL = new JournalConfig(1 << 17, 1 << 21, 1 << 10);

    @TempDir Path home;
    private Path directory;
    private Journal journal;

    @BeforeEach
    void open() {
        directory = home.resolve(new UUID(7, 7).toString());
        journal = new Journal(directory, SMALL);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void givesBackEveryFieldOfEveryEventInOrder() {
        Events events = new Events(1);
        List<ArmEvent> written = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ArmEvent event = events.any();
            append(event);
            written.add(event);
        }
        assertThat(ReadBack.all(journal.reader())).containsExactlyElementsOf(written);
        assertThat(journal.end().segment()).isPositive();
    }

    @Test
    void keepsWhatManyThreadsAppendCompleteAndInTheOrderOfEach() throws Exception {
        int threads = 8;
        int each = 300;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<List<UUID>>> writers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Events events = new Events(thread);
                writers.add(() -> appendMany(events, each));
            }
            List<Future<List<UUID>>> written = executor.invokeAll(writers);
            Map<UUID, Integer> places = new HashMap<>();
            ReadBack.all(journal.reader())
                    .forEach(
                            event ->
                                    places.merge(
                                            event.predictionId(), places.size(), (a, b) -> -1));
            assertThat(places).hasSize(threads * each).doesNotContainValue(-1);
            for (Future<List<UUID>> ids : written) {
                assertThat(ids.get().stream().map(places::get)).isSorted();
            }
        }
    }

    private List<UUID> appendMany(Events events, int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ArmEvent event = events.any();
            append(event);
            ids.add(event.predictionId());
        }
        return ids;
    }

    @Test
    void keepsTheDigestOfWhatIsLargerThanTheCap() throws Exception {
        byte[] large = "x".repeat(1025).getBytes(StandardCharsets.US_ASCII);
        byte[] fits = "y".repeat(1024).getBytes(StandardCharsets.US_ASCII);
        append(Events.plain(new UUID(1, 1), large, fits));
        List<Payload> stored = new ArrayList<>();
        journal.reader()
                .read(
                        JournalOffset.START,
                        new JournalBudget(1, Long.MAX_VALUE),
                        record -> {
                            stored.add(record.request());
                            stored.add(record.response());
                        });
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(large);
        assertThat(stored)
                .containsExactly(new Payload(1025, true, digest), new Payload(1024, false, fits));
    }

    @Test
    void cutsALongClientIdBetweenCharacters() {
        ArmEvent event = Events.plain(new UUID(1, 1), new byte[0], new byte[0]);
        append(Events.withClientId(event, "a" + "é".repeat(600)));
        assertThat(ReadBack.all(journal.reader()).getFirst().clientId())
                .isEqualTo("a" + "é".repeat(511));
    }

    @Test
    void losesAndCountsWhatComesWhenTheReadersAreTooFarBehind() {
        Events events = new Events(2);
        ArmEvent event = Events.plain(events.nextId(), new byte[1024], new byte[1024]);
        while (journal.append(event) || journal.bytes() < SMALL.maxBytes()) {
            Thread.onSpinWait();
        }
        assertThat(journal.lost()).isPositive();
        assertThat(ReadBack.all(journal.reader())).hasSize((int) journal.appended());
    }

    @Test
    void deletesSegmentsThatAllReadersHavePassedAndThenGoesOn() {
        losesAndCountsWhatComesWhenTheReadersAreTooFarBehind();
        JournalOffset end = journal.end();
        journal.release(JournalReaderName.EVIDENCE, end);
        assertThat(directory.resolve("0.segment")).exists();
        journal.release(JournalReaderName.PREDICTION_LOG, end);
        assertThat(directory.resolve("0.segment")).doesNotExist();
        ArmEvent next = new Events(3).plain();
        await().until(() -> journal.append(next));
        List<UUID> after = new ArrayList<>();
        journal.reader().read(end, JournalBudget.ALL, record -> after.add(record.predictionId()));
        assertThat(after).contains(next.predictionId());
    }

    @Test
    void losesEventsOnAFullDiskAndKeepsThemAgainWhenThereIsSpace() throws IOException {
        await().until(() -> Files.exists(directory.resolve("2.segment")));
        Path full = directory.resolve("3.segment");
        Files.createSymbolicLink(full, Path.of("/dev/full"));
        ArmEvent event = Events.plain(new UUID(1, 1), new byte[1024], new byte[1024]);
        while (journal.append(event) || journal.end().segment() < 2) {
            Thread.onSpinWait();
        }
        assertThat(journal.lost()).isPositive();
        await().until(() -> journal.failure().filter(why -> why.contains("3.segment")).isPresent());
        Files.delete(full);
        await().until(() -> journal.append(event));
        assertThat(journal.failure()).isEmpty();
        assertThat(ReadBack.all(journal.reader())).hasSize((int) journal.appended());
    }

    @Test
    void startsWithoutAnyRoomAndKeepsEventsWhenThereIsSpace() throws IOException {
        Path other = Files.createDirectory(home.resolve("other"));
        Path first = other.resolve("0.segment");
        Files.createSymbolicLink(first, Path.of("/dev/full"));
        try (Journal poor = new Journal(other, SMALL)) {
            ArmEvent event = new Events(4).plain();
            assertThat(poor.append(event)).isFalse();
            assertThat(poor.lost()).isEqualTo(1);
            assertThat(poor.end()).isEqualTo(JournalOffset.START);
            Files.delete(first);
            await().until(() -> poor.append(event));
            assertThat(ReadBack.all(poor.reader())).hasSize(1);
        }
    }

    @Test
    void refusesADirectoryThatCannotBeMadeAndNamesIt() {
        assertThatThrownBy(() -> new Journal(Path.of("/dev/full"), SMALL))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("/dev/full")
                .hasMessageContaining("expected a directory");
    }

    private void append(ArmEvent event) {
        ReadBack.append(journal, event);
    }
}
