package dev.tidegate.server.predictionlog;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The Parquet files of the log, in the database: which there are, and what each holds. */
@Singleton
final class LogFileTable {
    private static final String SELECT =
            "select " + LogFile.COLUMNS + " from prediction_file where ";

    private static final String KINDS =
            "unnest(models, versions, epochs, outcomes, counts)"
                    + " as kind(model, version, epoch, outcome, n)";

    /** A bucket is ten seconds. */
    private static final String RECENT = "hour >= :oldest_bucket / 360";

    /** Notes a file; one of that name that is noted already has the same content. */
    void insert(Handle tx, NewLogFile file, String writtenBy) {
        BlockSummary summary = file.summary();
        tx.createUpdate(
                        "insert into prediction_file (model_id, hour, path, sha256, bytes, predictions,"
                                + " first_id, last_id, models, versions, epochs, arms, outcomes, counts,"
                                + " clients, written_by) values (:model, :hour, :path, :sha256, :bytes,"
                                + " :predictions, :first, :last, :models, :versions, :epochs, :arms,"
                                + " :outcomes, :counts, :clients, :by) on conflict (path) do nothing")
                .bind("model", file.modelId())
                .bind("hour", file.hour().number())
                .bind("path", file.path())
                .bind("sha256", file.sha256())
                .bind("bytes", file.bytes())
                .bind("predictions", summary.events())
                .bind("first", file.first())
                .bind("last", file.last())
                .bindArray("models", Long.class, boxed(summary.models()))
                .bindArray("versions", Long.class, boxed(summary.versions()))
                .bindArray("epochs", Long.class, boxed(summary.epochs()))
                .bindArray("arms", Long.class, boxed(summary.arms()))
                .bindArray("outcomes", Long.class, boxed(summary.outcomes()))
                .bindArray("counts", Long.class, boxed(summary.counts()))
                .bindByType(
                        "clients",
                        file.clients().isEmpty() ? null : file.clients().bytes(),
                        byte[].class)
                .bind("by", writtenBy)
                .execute();
    }

    private static List<Long> boxed(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** Returns the files that may have one of these ids. */
    List<LogFile> spanning(Handle handle, Collection<UUID> ids) {
        Set<Long> hours =
                ids.stream()
                        .map(id -> LogBucket.of(id).hour().number())
                        .collect(Collectors.toSet());
        return files(
                        handle.createQuery(SELECT + "hour = any(:hours) order by id")
                                .bindArray("hours", Long.class, hours))
                .stream()
                .filter(file -> ids.stream().anyMatch(file::spans))
                .toList();
    }

    /** Returns the files that may have a client's id, newest first. */
    List<LogFile> ofClient(Handle handle, String clientId) {
        return files(
                ClientFilter.bind(
                        handle.createQuery(
                                SELECT
                                        + "clients is not null and "
                                        + ClientFilter.mayHave("clients")
                                        + " order by last_id desc"),
                        clientId));
    }

    /**
     * Returns the files of the newest so many hours that have some of what a filter leaves, newest
     * first.
     *
     * @param floor id behind which they reach
     */
    List<LogFile> newest(Handle handle, KnownFilter filter, UUID floor, int hours) {
        return files(
                filter.bind(
                                handle.createQuery(
                                        "with fitting as (select * from prediction_file where last_id > :floor and "
                                                + fitting(filter)
                                                + ") select "
                                                + LogFile.COLUMNS
                                                + " from fitting where hour >= (select min(hour) from"
                                                + " (select distinct hour from fitting order by hour desc"
                                                + " limit :hours) as newest) order by last_id desc"))
                        .bind("floor", floor)
                        .bind("hours", hours));
    }

    private static String fitting(KnownFilter filter) {
        return RECENT
                + " and last_id >= :oldest and exists (select from "
                + KINDS
                + " where "
                + filter.kinds()
                + ")";
    }

    /** Returns how many predictions a filter leaves of files that lie behind its oldest id. */
    long count(Handle handle, KnownFilter filter) {
        return filter.bind(
                        handle.createQuery(
                                "select coalesce(sum(kind.n), 0) from prediction_file, "
                                        + KINDS
                                        + " where first_id >= :oldest and "
                                        + RECENT
                                        + " and "
                                        + filter.kinds()))
                .mapTo(Long.class)
                .one();
    }

    /** Returns the files on both sides of a filter's oldest id. */
    List<LogFile> around(Handle handle, KnownFilter filter) {
        return files(
                filter.bind(
                        handle.createQuery(SELECT + "first_id < :oldest and " + fitting(filter))));
    }

    /** Returns a model's files of an hour in the order of their first ids. */
    List<LogFile> ofHour(Handle handle, long model, LogHour hour) {
        return files(
                handle.createQuery(
                                SELECT + "hour = :hour and model_id = :model order by first_id, id")
                        .bind("hour", hour.number())
                        .bind("model", model));
    }

    /** Returns the first hour from then on of which a model has files. */
    Optional<LogHour> hourFrom(Handle handle, long model, LogHour oldest) {
        return handle.createQuery(
                        "select hour from prediction_file where hour >= :oldest"
                                + " and model_id = :model order by hour limit 1")
                .bind("oldest", oldest.number())
                .bind("model", model)
                .mapTo(Long.class)
                .findOne()
                .map(LogHour::new);
    }

    /** Returns the files of the hours before, oldest first. */
    List<LogFile> before(Handle handle, LogHour oldest) {
        return files(
                handle.createQuery(SELECT + "hour < :oldest order by hour, id")
                        .bind("oldest", oldest.number()));
    }

    private static List<LogFile> files(Query query) {
        return query.map((row, context) -> LogFile.of(row)).list();
    }

    Set<String> paths(Handle handle) {
        return handle.createQuery("select path from prediction_file").mapTo(String.class).set();
    }

    boolean has(Handle handle, String path) {
        return handle.createQuery("select exists (select from prediction_file where path = :path)")
                .bind("path", path)
                .mapTo(Boolean.class)
                .one();
    }

    void remove(Handle tx, LogFile file) {
        tx.createUpdate("delete from prediction_file where id = :id")
                .bind("id", file.id())
                .execute();
    }
}
