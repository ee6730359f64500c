package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.predictionlog.LoggedEvents;
import dev.tidegate.server.routing.RouteReason;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends and delivers, then starts another one on its home. */
final class DeliveryAfterKillTest {
    private static final int KILLS = 3;
    private static final int THREADS = 2;

    @TempDir Path home;

    @Test
    void logHoldsEachAnsweredPredictionOnceAndEvidenceEqualsTheLog() throws Exception {
        StorageLocation location = TestDatabase.createEmpty();
        Random random = new Random(7);
        Set<UUID> answered = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            answered.addAll(killedAfter(1_000 + random.nextInt(20_000), location));
        }
        try (ApplicationContext context = DeliveringProcess.start(home, location)) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> journals() == 1);
            Database database = context.getBean(Database.class);
            List<UUID> logged = logged(database);
            assertThat(logged).doesNotHaveDuplicates().containsAll(answered);
            assertThat(logged.size() - answered.size()).isBetween(0, KILLS * THREADS);
            assertThat(evidence(database)).isNotEmpty().isEqualTo(log(database));
        }
    }

    private List<UUID> killedAfter(int lines, StorageLocation location)
            throws IOException, InterruptedException {
        return KilledProcess.idsPrintedBefore(
                lines,
                DeliveringProcess.class,
                home.toString(),
                location.url(),
                location.username(),
                String.valueOf(location.password()));
    }

    private long journals() throws IOException {
        try (Stream<Path> directories = Files.list(home.resolve("journal"))) {
            return directories.count();
        }
    }

    private static List<UUID> logged(Database database) {
        return database.read(
                handle -> LoggedEvents.of(handle).stream().map(ArmEvent::predictionId).toList());
    }

    /** Returns requests and errors by epoch and arm. */
    private static Map<String, String> evidence(Database database) {
        Map<String, String> counts = new TreeMap<>();
        database.read(
                        handle ->
                                handle.createQuery(
                                                "select concat_ws('/', epoch, arm) as place,"
                                                        + " concat_ws('/', sum(requests), sum(errors)) as n"
                                                        + " from evidence_row where arm > 0"
                                                        + " group by epoch, arm")
                                        .mapToMap()
                                        .list())
                .forEach(row -> counts.put(text(row, "place"), text(row, "n")));
        return counts;
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    /** Returns the same of what is in the log, but for pinned requests. */
    private static Map<String, String> log(Database database) {
        Map<String, long[]> counts = new TreeMap<>();
        for (ArmEvent event : database.read(LoggedEvents::of)) {
            if (event.reason() != RouteReason.PINNED) {
                String place = event.routeEpoch() + "/" + EventCodes.of(event.arm());
                long[] both = counts.computeIfAbsent(place, ignored -> new long[2]);
                both[0]++;
                both[1] += event.outcome().isOk() ? 0 : 1;
            }
        }
        return counts.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                both -> both.getValue()[0] + "/" + both.getValue()[1],
                                (one, other) -> one,
                                TreeMap::new));
    }
}
