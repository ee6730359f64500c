package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.platform.time.SteadyClock;
import jakarta.inject.Singleton;
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

    /** What so many hours in a row fail with is no fault of one of them. */
    private static final int HOPELESS = 2;

    private final Database database;
    private final LogPartitions partitions;
    private final LogHandOver handOver;
    private final LogFileTable table;
    private final LogFileStore store;
    private final LogFileProgress progress;
    private final PredictionLogConfig config;
    private final SteadyClock clock;

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
            SteadyClock clock) {
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
        clock.instant()
                .ifPresentOrElse(
                        now -> round(epoch, fence, now),
                        () ->
                                progress.holdsBack(
                                        "this server's clock jumped less than %s ago: nothing of the log is removed or handed over to Parquet files for its age"
                                                .formatted(
                                                        ReadableTime.of(SteadyClock.PROBATION))));
    }

    private void round(long epoch, Consumer<Handle> fence, Instant now) {
        if (swept != epoch) {
            sweep(fence, now);
            swept = epoch;
        }
        if (config.writesParquet()) {
            removeOld(fence, now);
            handOver(fence, now);
        } else {
            progress.clear();
        }
    }

    /**
     * Removes what is too old from this server's own store, whoever leads: the leader that removes
     * it from the database cannot reach the stores of others.
     */
    void removeOldHere() {
        clock.instant().ifPresent(this::removeOldHere);
    }

    private void removeOldHere(Instant now) {
        Map<String, LogHour> old = new TreeMap<>(store.files());
        old.values().removeIf(hour -> !isOld(hour, now));
        if (!old.isEmpty()) {
            old.keySet().removeAll(database.read(table::paths));
            old.keySet().stream().filter(store::isSettled).forEach(store::remove);
        }
    }

    /**
     * Removes files of which the database does not know: those whose predictions are still in the
     * database, since a leader was killed in between, and those that are too old. Others stay: the
     * database may be one that was restored.
     */
    private void sweep(Consumer<Handle> fence, Instant now) {
        Map<String, LogHour> unknown = new TreeMap<>(store.files());
        unknown.keySet().removeAll(database.read(table::paths));
        Set<LogHour> inDatabase = Set.copyOf(partitions.hours());
        unknown.forEach(
                (path, hour) -> {
                    if (inDatabase.contains(hour) || isOld(hour, now)) {
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

    private boolean isOld(LogHour hour, Instant now) {
        return config.writesParquet() && hour.compareTo(oldest(now)) < 0;
    }

    /** Returns the oldest hour whose files stay. */
    private LogHour oldest(Instant now) {
        return LogHour.of(now.minus(config.parquetRetention()));
    }

    private void handOver(Consumer<Handle> fence, Instant now) {
        List<LogHour> old = partitions.old(now);
        @Nullable RuntimeException broken = null;
        if (!old.isEmpty()) {
            Instant due = old.getFirst().plus(1).begin().plus(config.retention());
            progress.waits(Duration.between(due, now));
        }
        boolean left = false;
        int inARow = 0;
        for (LogHour hour : old) {
            requireLeader(fence);
            try {
                left |= !handedOver(hour, fence);
                inARow = 0;
            } catch (RuntimeException e) {
                broken = e;
                failed(hour, e);
                if (++inARow == HOPELESS) {
                    break;
                }
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

    private void removeOld(Consumer<Handle> fence, Instant now) {
        LogHour oldest = oldest(now);
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
