package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.SteadyClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The prediction log's parts on one database. */
final class TestLog {
    private static final JournalOffsets OFFSETS = new JournalOffsets();

    private TestLog() {}

    static PredictionLog of(Database database) {
        return new LogTiers(database, Path.of("no files")).log;
    }

    static PredictionLogDelivery delivery(Database database, Journal journal, Replica replica) {
        BlockStore store = new BlockStore();
        LogPartitions partitions =
                new LogPartitions(
                        database, new PredictionLogConfig(Duration.ofDays(2), Duration.ofDays(90)));
        return new PredictionLogDelivery(
                database,
                journal,
                replica,
                OFFSETS,
                store,
                partitions,
                new KnownLogSettings(database, new LogSettingsTable()),
                new FormerRows(database, store, partitions),
                Clock.systemUTC(),
                new SteadyClock(Clock.systemUTC(), System::nanoTime));
    }
}
