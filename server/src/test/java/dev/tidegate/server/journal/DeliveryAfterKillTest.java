package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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
            assertThat(
                            byEpochAndArm(
                                    database,
                                    "evidence_row where arm > 0",
                                    "sum(requests)",
                                    "sum(errors)"))
                    .isNotEmpty()
                    .isEqualTo(
                            byEpochAndArm(
                                    database,
                                    "prediction where reason <> 4",
                                    "count(*)",
                                    "count(*) filter (where outcome <> 1)"));
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
                handle -> handle.createQuery("select id from prediction").mapTo(UUID.class).list());
    }

    private static List<String> byEpochAndArm(
            Database database, String table, String requests, String errors) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select concat_ws('/', epoch, arm, %s, %s) from %s group by epoch, arm order by epoch, arm"
                                                .formatted(requests, errors, table)
                                                .replace(
                                                        "epoch",
                                                        table.startsWith("prediction")
                                                                ? "route_epoch"
                                                                : "epoch"))
                                .mapTo(String.class)
                                .list());
    }
}
