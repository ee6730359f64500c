package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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
            Set<UUID> answered =
                    new HashSet<>(
                            KilledProcess.idsPrintedBefore(
                                    1 + random.nextInt(5_000),
                                    AppendingProcess.class,
                                    directory.toString()));
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
}
