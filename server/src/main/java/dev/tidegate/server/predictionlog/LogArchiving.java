package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands old hours over to Parquet files, and removes files that are too old. */
@Singleton
final class LogArchiving {
    private static final Logger LOG = LoggerFactory.getLogger(LogArchiving.class);

    private final Database database;
    private final LogPartitions partitions;
    private final LogHandOver handOver;
    private final LogFileTable table;
    private final LogFileStore store;
    private final LogFileProgress progress;
    private final PredictionLogConfig config;
    private final Clock clock;

    /** Leadership epoch in which what was left behind has been removed. */
    private long swept;

    LogArchiving(
            Database database,
            LogPartitions partitions,
            LogHandOver handOver,
            LogFileTable table,
            LogFileStore store,
            LogFileProgress progress,
            PredictionLogConfig config,
            Clock clock) {
        this.database = database;
        this.partitions = partitions;
        this.handOver = handOver;
        this.table = table;
        this.store = store;
        this.progress = progress;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Does all that is due. An hour that fails stays in the database and is tried again.
     *
     * @param epoch of the leadership, from 1
     * @param fence refuses a leader whose time is over
     */
    void round(long epoch, Consumer<Handle> fence) {
        if (swept != epoch) {
            sweep(fence);
            swept = epoch;
        }
        if (config.writesParquet()) {
            removeOld(fence);
            handOver(fence);
        }
    }

    /**
     * Removes files of which the database does not know: those whose predictions are still in the
     * database, since a leader was killed in between, and those that are too old. Others stay: the
     * database may be one that was restored.
     */
    private void sweep(Consumer<Handle> fence) {
        Map<String, LogHour> unknown = new TreeMap<>(store.files());
        unknown.keySet().removeAll(database.read(table::paths));
        Set<LogHour> inDatabase = Set.copyOf(partitions.hours());
        unknown.forEach(
                (path, hour) -> {
                    if (inDatabase.contains(hour) || isOld(hour)) {
                        remove(path, fence);
                    } else {
                        LOG.warn("the database does not know {}; it stays and is not read", path);
                    }
                });
    }

    private void remove(String path, Consumer<Handle> fence) {
        database.transaction(
                tx -> {
                    fence.accept(tx);
                    if (!table.has(tx, path)) {
                        store.remove(path);
                        LOG.info("removed {}, which the database does not know", path);
                    }
                    return path;
                });
    }

    private boolean isOld(LogHour hour) {
        return config.writesParquet() && hour.compareTo(oldest()) < 0;
    }

    /** Returns the oldest hour whose files stay. */
    private LogHour oldest() {
        return LogHour.of(clock.instant().minus(config.parquetRetention()));
    }

    private void handOver(Consumer<Handle> fence) {
        Instant now = clock.instant();
        List<LogHour> old = partitions.old(now);
        @Nullable RuntimeException broken = null;
        if (!old.isEmpty()) {
            Instant due = old.getFirst().plus(1).begin().plus(config.retention());
            progress.waits(Duration.between(due, now));
        }
        boolean left = false;
        for (LogHour hour : old) {
            requireLeader(fence);
            try {
                left |= !handedOver(hour, fence);
            } catch (RuntimeException e) {
                broken = e;
                failed(hour, e);
            }
        }
        if (broken != null) {
            throw broken;
        }
        if (!left) {
            progress.clear();
        }
    }

    /** One hour that fails keeps no other one back, but a leader whose time is over stops. */
    private void requireLeader(Consumer<Handle> fence) {
        database.transaction(
                tx -> {
                    fence.accept(tx);
                    return swept;
                });
    }

    /** Returns whether the hour is out of the database; not when predictions came meanwhile. */
    private boolean handedOver(LogHour hour, Consumer<Handle> fence) {
        LogHandOver.HandedOver result = handOver.handOver(hour, fence);
        if (result.done()) {
            progress.handedOver(result.files());
            LOG.info(
                    "predictions of {} are in {} Parquet files",
                    hour.begin(),
                    result.files().size());
        } else {
            swept = 0;
        }
        return result.done();
    }

    private void failed(LogHour hour, RuntimeException failure) {
        swept = 0;
        progress.failed(
                "predictions of %s stay in the database, they cannot be handed over to Parquet files: %s"
                        .formatted(
                                hour.begin(),
                                String.valueOf(failure.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("")));
    }

    private void removeOld(Consumer<Handle> fence) {
        LogHour oldest = oldest();
        for (LogFile file : database.read(handle -> table.before(handle, oldest))) {
            database.transaction(
                    tx -> {
                        fence.accept(tx);
                        table.remove(tx, file);
                        return file;
                    });
            store.remove(file.path());
            progress.removed();
            LOG.info("removed {}: its predictions are older than the retention", file.path());
        }
    }
}
