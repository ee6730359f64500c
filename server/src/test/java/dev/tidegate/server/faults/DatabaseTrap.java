package dev.tidegate.server.faults;

import dev.tidegate.server.platform.storage.StorageLocation;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the server's own statements wait in the database, so that it can be killed in the middle of
 * them. It is another client of the same PostgreSQL; the server knows nothing of it.
 */
final class DatabaseTrap implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SERVERS = "a.application_name = 'tidegate'";
    private static final String AT_COMMIT = "a.wait_event = 'SyncRep' and " + SERVERS + ")";

    private final Handle holder;
    private final Handle quieter;
    private final Handle observer;

    DatabaseTrap(StorageLocation storage) {
        Jdbi database =
                Jdbi.create(storage.url(), storage.username(), String.valueOf(storage.password()));
        holder = database.open();
        quieter = database.open();
        observer = database.open();
    }

    /** Returns when a block of the prediction log was sent and cannot be stored. */
    void catchBlock() {
        holder.begin();
        List<String> partitions =
                holder.createQuery(
                                "select inhrelid::regclass::text from pg_inherits"
                                        + " where inhparent = 'prediction_block'::regclass")
                        .mapTo(String.class)
                        .list();
        partitions.forEach(name -> holder.execute("lock table " + name + " in share mode"));
        await(
                () ->
                        isTrue(
                                "select exists (select from pg_stat_activity a where"
                                        + " a.wait_event_type = 'Lock' and"
                                        + " a.query like 'insert into prediction_block %' and "
                                        + SERVERS
                                        + ")"));
    }

    /** From now on a transaction that changes a route waits in its middle. */
    void holdRoutes() {
        holder.begin();
        holder.execute("select epoch from route_epoch for update");
    }

    /** Returns whether a transaction that changes a route waits. */
    boolean hasCaughtRoute() {
        return isTrue(
                "select exists (select from pg_stat_activity a where a.wait_event_type = 'Lock'"
                        + " and a.query like 'update route_epoch %' and "
                        + SERVERS
                        + ")");
    }

    /**
     * Lets the route's transaction go on until it is committed; the answer to its commit is held
     * back, as that of any other commit: the commits wait for a standby that is not there. Only one
     * commit with a notification waits at a time, and it is to be the route's, so no evidence comes
     * meanwhile.
     */
    void letCommitButNotAnswer() {
        int route =
                number(
                        "select a.pid from pg_stat_activity a where a.wait_event_type = 'Lock'"
                                + " and a.query like 'update route_epoch %' and "
                                + SERVERS);
        quieter.begin();
        quieter.execute("lock table evidence_batch in share mode");
        setStandby("'nobody'");
        await(() -> isTrue("select exists (select from pg_stat_activity a where " + AT_COMMIT));
        holder.rollback();
        await(
                () ->
                        isTrue(
                                "select exists (select from pg_stat_activity a where a.pid = "
                                        + route
                                        + " and "
                                        + AT_COMMIT));
    }

    /** Lets all go; returns when the database has noticed that the killed server is gone. */
    void release() {
        letGo();
        await(
                () ->
                        isTrue(
                                "select not exists (select from pg_stat_activity a where "
                                        + SERVERS
                                        + ")"));
    }

    private void letGo() {
        letGo(holder);
        letGo(quieter);
        setStandby("''");
    }

    private static void letGo(Handle handle) {
        if (handle.isInTransaction()) {
            handle.rollback();
        }
    }

    private void setStandby(String names) {
        observer.execute("alter system set synchronous_standby_names = " + names);
        observer.execute("select pg_reload_conf()");
    }

    private boolean isTrue(String sql) {
        return observer.createQuery(sql).mapTo(Boolean.class).one();
    }

    private int number(String sql) {
        return observer.createQuery(sql).mapTo(Integer.class).one();
    }

    private static void await(Supplier<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition::get);
    }

    @Override
    public void close() {
        letGo();
        holder.close();
        quieter.close();
        observer.close();
    }
}
