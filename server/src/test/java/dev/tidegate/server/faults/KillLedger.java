package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.FormerJournal;
import dev.tidegate.server.journal.JournalBudget;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.predictionlog.LoggedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What every boot wrote into its journal, against what the database made of it. */
final class KillLedger {
    private static final Duration DELIVERED = Duration.ofMinutes(1);

    private final Path journals;
    private final Map<UUID, Map<String, Long>> recounts = new HashMap<>();

    KillLedger(Path home) {
        journals = home.resolve("journal");
    }

    /** Counts the journals that lie in the home, by epoch and arm, before anybody deletes them. */
    void recount() throws IOException {
        try (Stream<Path> boots = Files.list(journals)) {
            for (Path boot : (Iterable<Path>) boots::iterator) {
                assertThat(boot.resolve("0.segment")).as("the whole journal is there").exists();
                recounts.put(UUID.fromString(boot.getFileName().toString()), counts(boot));
            }
        }
    }

    private static Map<String, Long> counts(Path boot) {
        Map<String, Long> counts = new TreeMap<>();
        try (FormerJournal journal = new FormerJournal(boot)) {
            journal.reader()
                    .read(
                            JournalOffset.START,
                            JournalBudget.ALL,
                            record -> counts.merge(key(record), 1L, Long::sum));
        }
        return counts;
    }

    private static String key(JournalRecord record) {
        return record.routeEpoch() + "/" + EventCodes.of(record.arm());
    }

    /** Holds log and evidence against the client's memory and the journals. */
    void verify(Jdbi database, Load load) {
        Set<String> answered = new HashSet<>(load.answered().values());
        assertThat(answered).hasSameSizeAs(load.answered().keySet()).hasSizeGreaterThan(100);
        Awaitility.await()
                .atMost(DELIVERED)
                .untilAsserted(
                        () ->
                                assertThat(database.withHandle(KillLedger::loggedIds))
                                        .containsAll(answered));
        database.useHandle(handle -> everyEntryWasAskedFor(handle, load, answered));
        Map<String, Long> journal = new TreeMap<>();
        recounts.values()
                .forEach(boot -> boot.forEach((key, n) -> journal.merge(key, n, Long::sum)));
        Awaitility.await()
                .atMost(DELIVERED)
                .untilAsserted(
                        () ->
                                assertThat(database.withHandle(KillLedger::evidence))
                                        .isEqualTo(journal));
        assertThat(database.withHandle(KillLedger::log)).isEqualTo(journal);
        database.useHandle(KillLedger::everyRowHasItsOwnPlace);
    }

    private static Set<String> loggedIds(Handle handle) {
        List<String> ids =
                LoggedEvents.of(handle).stream()
                        .map(event -> event.predictionId().toString())
                        .toList();
        assertThat(ids).doesNotHaveDuplicates();
        return new HashSet<>(ids);
    }

    private static void everyEntryWasAskedFor(Handle handle, Load load, Set<String> answered) {
        Set<String> asked = new HashSet<>();
        LoggedEvents.of(handle)
                .forEach(
                        event -> {
                            String client = event.clientId();
                            assertThat(load.sent()).contains(client);
                            assertThat(asked.add(client)).as("one entry for %s", client).isTrue();
                            if (!answered.contains(event.predictionId().toString())) {
                                assertThat(load.answered()).doesNotContainKey(client);
                            }
                        });
    }

    private static Map<String, Long> evidence(Handle handle) {
        return counts(
                handle,
                "select epoch, arm, sum(requests) as n from evidence_row group by epoch, arm");
    }

    private static Map<String, Long> log(Handle handle) {
        return counts(
                handle,
                "select kind.epoch, kind.arm, sum(kind.n) as n from prediction_block,"
                        + " unnest(epochs, arms, counts) as kind(epoch, arm, n)"
                        + " group by kind.epoch, kind.arm");
    }

    private static Map<String, Long> counts(Handle handle, String sql) {
        Map<String, Long> counts = new TreeMap<>();
        handle.createQuery(sql)
                .map(
                        (row, context) ->
                                Map.entry(
                                        row.getLong("epoch") + "/" + row.getInt("arm"),
                                        row.getLong("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** What was folded before a kill keeps its place, and what comes after goes on behind it. */
    private static void everyRowHasItsOwnPlace(Handle handle) {
        List<Long> places =
                handle.createQuery(
                                "select position from evidence_row where position is not null"
                                        + " order by position")
                        .mapTo(Long.class)
                        .list();
        assertThat(places).isNotEmpty();
        assertThat(places.getLast()).isEqualTo(places.size());
        assertThat(places).doesNotHaveDuplicates();
    }
}
