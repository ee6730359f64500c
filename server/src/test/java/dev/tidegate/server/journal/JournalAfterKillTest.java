package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalAfterKillTest {
    private static final int THREADS = 4;

    @TempDir Path home;

    @Test
    void holdsEachAnsweredEventOnceAfterKillsAtAnyMoment() throws Exception {
        Random random = new Random(42);
        for (int kill = 0; kill < 5; kill++) {
            Path directory = home.resolve(new UUID(0, kill).toString());
            Set<UUID> answered = new HashSet<>(killedAfter(1 + random.nextInt(5_000), directory));
            List<UUID> found = new ArrayList<>();
            try (FormerJournal former = new FormerJournal(directory)) {
                JournalStretch stretch =
                        former.reader()
                                .read(
                                        JournalOffset.START,
                                        JournalBudget.ALL,
                                        record -> found.add(record.predictionId()));
                assertThat(stretch.corrupt()).isZero();
                assertThat(found).doesNotHaveDuplicates().containsAll(answered);
                assertThat(found.size() + stretch.torn() - answered.size())
                        .isBetween(0L, (long) THREADS);
            }
        }
    }

    private static List<UUID> killedAfter(int lines, Path directory)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendingProcess.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<UUID> ids = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            @Nullable String line = reader.readLine();
            while (line != null) {
                if (line.length() == 36) {
                    ids.add(UUID.fromString(line));
                }
                if (ids.size() == lines) {
                    process.toHandle().destroyForcibly();
                }
                line = reader.readLine();
            }
        }
        process.waitFor();
        return ids;
    }
}
