package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.SteadyClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The parts of the prediction log that hand over to Parquet files and read from both. */
final class LogTiers implements AutoCloseable {
    static final PredictionLogConfig CONFIG =
            new PredictionLogConfig(Duration.ofHours(1), Duration.ofDays(90));

    final LogFileStore store;
    final LogFileTable table = new LogFileTable();
    final LogFileProgress progress = new LogFileProgress();
    final LogPartitions partitions;
    final LogHandOver handOver;
    final PredictionLog log;
    private final Database database;
    final LogFileReader reader;

    /**
     * @param root folder of the files
     */
    LogTiers(Database database, Path root) {
        this(database, root, CONFIG);
    }

    LogTiers(Database database, Path root, PredictionLogConfig config) {
        this.database = database;
        BlockStore blocks = new BlockStore();
        LogSettingsTable settings = new LogSettingsTable();
        DuckDbLimits limits =
                new DuckDbLimits(
                        1, 128, 1024, root.resolveSibling("duckdb of " + root.getFileName()));
        store = new LogFileStore(root);
        partitions = new LogPartitions(database, config);
        handOver =
                new LogHandOver(
                        database,
                        partitions,
                        new LogFileWriter(
                                database,
                                blocks,
                                store,
                                settings,
                                limits,
                                new LaterRedaction(
                                        new KeptMessages(new KnownLogSettings(database, settings)),
                                        version -> Optional.empty())),
                        table,
                        new Replica(new UUID(1, 2), "writer"));
        reader = new LogFileReader(database, table, store, limits);
        log =
                new PredictionLog(
                        database,
                        new JournalOffsets(),
                        blocks,
                        new BlockSearch(blocks),
                        new LogFileSearch(table, reader),
                        settings);
    }

    /** Returns what does all that is due at a time. */
    LogArchiving archiving(Instant now, PredictionLogConfig config) {
        return archiving(new SteadyClock(Clock.fixed(now, ZoneOffset.UTC), () -> 0), config);
    }

    LogArchiving archiving(SteadyClock clock, PredictionLogConfig config) {
        return new LogArchiving(
                database, partitions, handOver, table, store, progress, config, clock);
    }

    /** Hands every hour over that is in the database. */
    void handOverAll() {
        for (LogHour hour : partitions.hours()) {
            if (!handOver.handOver(hour, tx -> {}).done()) {
                throw new IllegalStateException("nobody else writes, and " + hour + " stayed");
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
