package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.duckdb.DuckDbSource;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the log's Parquet files. A file that is missing or damaged is an error, unless it was
 * removed meanwhile for its age: what is in it is not left out in silence.
 *
 * <p>Look-ups run on two threads of their own: DuckDB's work would hold those that many virtual
 * threads share. What opened DuckDB stays open for the next one, which is half of the time that one
 * takes.
 */
@Singleton
final class LogFileReader implements AutoCloseable {
    private static final int THREADS = 2;

    private final Database database;
    private final LogFileTable table;
    private final LogFileStore store;
    private final DuckDbLimits limits;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().name("prediction-file-", 0).daemon().factory());
    private final Queue<DuckDb> idle = new ConcurrentLinkedQueue<>();

    LogFileReader(Database database, LogFileTable table, LogFileStore store, DuckDbLimits limits) {
        this.database = database;
        this.table = table;
        this.store = store;
        this.limits = limits;
    }

    /** Returns the predictions with these ids, without their messages. */
    List<ArmEvent> lines(List<LogFile> files, Collection<UUID> ids) {
        return events(files, LogColumns.OF_LINE, withIds(ids), LogColumns::line);
    }

    /** Returns the predictions with these ids. */
    List<ArmEvent> whole(List<LogFile> files, Collection<UUID> ids) {
        return events(files, LogColumns.OF_WHOLE, withIds(ids), LogColumns::whole);
    }

    private static String withIds(Collection<UUID> ids) {
        return ids.stream()
                .map(id -> "'" + id + "'")
                .collect(Collectors.joining(", ", " where id in (", ")"));
    }

    /** Adds the newest predictions with a client's id, as long as they are kept. */
    void addOfClient(LogFile file, String clientId, int limit, NewestEvents newest) {
        reading(
                List.of(file),
                newest,
                (duckDb, source) -> {
                    try (DuckDbRows rows =
                            duckDb.query(
                                    "select %s from %s where client_id = ? order by id desc limit %d"
                                            .formatted(LogColumns.OF_WHOLE, source, limit),
                                    clientId)) {
                        boolean more = true;
                        while (more && rows.next()) {
                            ArmEvent event = LogColumns.whole(rows);
                            more = newest.canUse(event.predictionId());
                            newest.add(event);
                        }
                    }
                    return newest;
                });
    }

    /** Returns the newest predictions that a filter leaves, without their messages. */
    List<ArmEvent> newest(LogFile file, KnownFilter filter, int limit) {
        return events(
                List.of(file),
                LogColumns.OF_LINE,
                " where " + filter.rows() + " order by id desc limit " + limit,
                LogColumns::line);
    }

    private List<ArmEvent> events(
            List<LogFile> files,
            String columns,
            String condition,
            Function<DuckDbRows, ArmEvent> reading) {
        return reading(
                files,
                List.of(),
                (duckDb, source) -> {
                    List<ArmEvent> events = new ArrayList<>();
                    try (DuckDbRows rows =
                            duckDb.query("select " + columns + " from " + source + condition)) {
                        while (rows.next()) {
                            events.add(reading.apply(rows));
                        }
                    }
                    return events;
                });
    }

    /** Returns how many predictions a filter leaves. */
    long count(List<LogFile> files, KnownFilter filter) {
        return reading(
                files,
                0L,
                (duckDb, source) -> {
                    try (DuckDbRows rows =
                            duckDb.query(
                                    "select count(*) from " + source + " where " + filter.rows())) {
                        return rows.next() ? rows.number(0) : 0L;
                    }
                });
    }

    private <T> T reading(List<LogFile> files, T nothing, Reading<T> reading) {
        return files.isEmpty()
                ? nothing
                : onThread(
                        () -> {
                            List<Path> places = places(files);
                            if (places.isEmpty()) {
                                return nothing;
                            }
                            return withDuckDb(
                                    duckDb -> reading.of(duckDb, DuckDbSource.parquet(places)));
                        });
    }

    /** One in which something went wrong is not used again. */
    private <T> T withDuckDb(Function<DuckDb, T> work) {
        DuckDb kept = idle.poll();
        DuckDb duckDb = kept == null ? DuckDb.open(limits, List.of(store.root())) : kept;
        try {
            T result = work.apply(duckDb);
            idle.add(duckDb);
            return result;
        } catch (RuntimeException e) {
            duckDb.close();
            throw e instanceof TidegateException known ? unreadable(known) : e;
        }
    }

    /** What DuckDB finds wrong with these files is no fault of whoever asks. */
    private TidegateException unreadable(TidegateException e) {
        return e.code() == ErrorCode.INVALID_ARGUMENT
                ? new TidegateException(
                        ErrorCode.UNAVAILABLE,
                        "of the prediction log: " + e.text().replace(store.root() + "/", ""),
                        e)
                : e;
    }

    private <T> T onThread(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the prediction log's files cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TidegateException.unavailable("reading the prediction log was broken off");
        }
    }

    /**
     * Opens predictions of files of one hour in the order of their ids, on the caller's thread.
     *
     * @param from smallest id
     * @param to id behind the largest
     */
    LogFileRows open(List<LogFile> files, UUID from, UUID to) {
        List<Path> places = places(files);
        if (places.isEmpty()) {
            return LogFileRows.none();
        }
        DuckDb duckDb = DuckDb.open(limits, List.of(store.root()));
        try {
            return LogFileRows.of(
                    duckDb,
                    duckDb.query(
                            "select %s from %s where id >= ? and id < ? order by id"
                                    .formatted(LogColumns.OF_WHOLE, DuckDbSource.parquet(places)),
                            from.toString(),
                            to.toString()));
        } catch (TidegateException e) {
            duckDb.close();
            throw unreadable(e);
        } catch (RuntimeException e) {
            duckDb.close();
            throw e;
        }
    }

    private List<Path> places(List<LogFile> files) {
        List<Path> places = new ArrayList<>();
        for (LogFile file : files) {
            try {
                places.add(store.verified(file));
            } catch (TidegateException e) {
                if (database.read(handle -> table.has(handle, file.path()))) {
                    throw e;
                }
            }
        }
        return places;
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
        for (DuckDb each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }

    private interface Reading<T> {
        T of(DuckDb duckDb, String source);
    }
}
