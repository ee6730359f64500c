package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jdbi.v3.core.Handle;

/** The hourly partitions: made ahead of the entries, gone when they are too old. */
@Singleton
final class LogPartitions {
    /** Hours that are ready before they begin. */
    private static final int AHEAD = 2;

    private final Database database;
    private final Duration retention;
    private final boolean drops;
    private final Set<LogHour> ready = new ConcurrentSkipListSet<>();

    LogPartitions(Database database, PredictionLogConfig config) {
        this.database = database;
        retention = config.retention();
        drops = !config.writesParquet();
    }

    /** Makes the partitions of the hours that have none. */
    void ensure(Collection<LogHour> hours) {
        if (ready.containsAll(hours)) {
            return;
        }
        database.transaction(
                tx -> {
                    lock(tx);
                    hours.forEach(hour -> create(tx, hour));
                    return hours;
                });
        ready.addAll(hours);
    }

    private static void create(Handle tx, LogHour hour) {
        tx.execute(
                "create table if not exists %s partition of prediction_block for values from (%d) to (%d)"
                        .formatted(
                                hour.partition(),
                                hour.firstBucket().number(),
                                hour.plus(1).firstBucket().number()));
    }

    /** Makes the coming hours' partitions. */
    void roll(Instant now) {
        LogHour current = LogHour.of(now);
        Set<LogHour> coming = new TreeSet<>();
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            coming.add(current.plus(ahead));
        }
        ensure(coming);
        LogHour oldest = oldest(now);
        ready.removeIf(hour -> hour.compareTo(oldest) < 0);
    }

    /**
     * Drops the partitions of hours that ended before the retention, unless these go into Parquet
     * files before.
     */
    void dropOld(Instant now) {
        List<LogHour> old = drops ? old(now) : List.of();
        if (old.isEmpty()) {
            return;
        }
        database.transaction(
                tx -> {
                    lock(tx);
                    old.forEach(hour -> drop(tx, hour));
                    return old;
                });
    }

    /** Returns the oldest hour that stays. */
    private LogHour oldest(Instant now) {
        return LogHour.of(now.minus(retention));
    }

    /** Returns the hours that are there and ended before the retention, oldest first. */
    List<LogHour> old(Instant now) {
        LogHour oldest = oldest(now);
        return hours().stream().filter(hour -> hour.compareTo(oldest) < 0).toList();
    }

    /** Returns the hours that are there, oldest first. */
    List<LogHour> hours() {
        return database.read(LogPartitions::names).stream().map(LogHour::ofPartition).toList();
    }

    /** Drops an hour; the caller's transaction has the lock. */
    void drop(Handle tx, LogHour hour) {
        tx.execute("drop table if exists " + hour.partition());
        ready.remove(hour);
    }

    /** Returns the partitions, oldest first. */
    static List<String> names(Handle handle) {
        return names(handle, "prediction_block");
    }

    static List<String> names(Handle handle, String table) {
        return handle.createQuery(
                        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                                + " where i.inhparent = cast(:table as regclass) order by c.relname")
                .bind("table", table)
                .mapTo(String.class)
                .list();
    }

    /** One replica at a time makes and drops. */
    static void lock(Handle tx) {
        tx.execute("select pg_advisory_xact_lock(hashtext('prediction partitions'))");
    }

    /** Looks at the database again next time. */
    void forget() {
        ready.clear();
    }
}
