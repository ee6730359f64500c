package dev.tidegate.server.routing;

import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.DatabaseTime;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Renews this replica's lease, then follows the routes, then lets the candidates' weights hold.
 *
 * <p>In that order: a route that was committed before the renewal is followed before the new lease
 * counts; one committed later sees a live replica and waits for its acknowledgement. The lease
 * counts from before the renewal was sent.
 */
@Singleton
public final class ReplicaLease implements Startup, AutoCloseable {
    private final RoutingConfig config;
    private final Database database;
    private final Replica replica;
    private final RouteFollower follower;
    private final RoutingTable table;
    private final DatabaseTime databaseTime;
    private final MonotonicClock clock;
    private @Nullable Followed acknowledged;
    private @Nullable PeriodicTask task;

    ReplicaLease(
            RoutingConfig config,
            Database database,
            Replica replica,
            RouteFollower follower,
            RoutingTable table,
            DatabaseTime databaseTime,
            MonotonicClock clock) {
        this.config = config;
        this.database = database;
        this.replica = replica;
        this.follower = follower;
        this.table = table;
        this.databaseTime = databaseTime;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return LEASE;
    }

    /** Takes the lease and the routes once, then keeps both fresh. */
    @Override
    public void start() {
        round();
        task = PeriodicTask.start("replica-lease", config.renewal(), this::round);
    }

    /** Looks for new routes now. */
    public void wake() {
        PeriodicTask running = task;
        if (running != null) {
            running.wake();
        }
    }

    synchronized void round() {
        long before = clock.nanos();
        Timestamp now = renew();
        databaseTime.learn(before, clock.nanos(), now.toInstant());
        Followed inForce = follower.follow(!table.leaseHolds());
        if (!inForce.equals(acknowledged)) {
            acknowledge(inForce);
        }
        table.extendLease(before + config.lease().toNanos());
    }

    private Timestamp renew() {
        return database.transaction(
                tx ->
                        tx.createQuery(
                                        "insert into replica (boot, name, lease_until)"
                                                + " values (:boot, :name, clock_timestamp() + :lease * interval '1 ms')"
                                                + " on conflict (boot) do update set lease_until = excluded.lease_until"
                                                + " returning clock_timestamp()")
                                .bind("boot", replica.boot())
                                .bind("name", replica.name())
                                .bind("lease", config.lease().toMillis())
                                .mapTo(Timestamp.class)
                                .one());
    }

    private void acknowledge(Followed inForce) {
        database.transaction(
                tx ->
                        tx.createUpdate(
                                        "update replica set acknowledged_epoch = :epoch,"
                                                + " waiting_epochs = :waiting,"
                                                + " acknowledged_at = clock_timestamp() where boot = :boot")
                                .bind("epoch", inForce.seen())
                                .bind("waiting", inForce.waiting().toArray(Long[]::new))
                                .bind("boot", replica.boot())
                                .execute());
        acknowledged = inForce;
    }

    /** Gives the lease back: nobody has to wait for this replica any more. */
    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
            database.transaction(
                    tx ->
                            tx.createUpdate(
                                            "update replica set lease_until = clock_timestamp() where boot = :boot")
                                    .bind("boot", replica.boot())
                                    .execute());
        }
    }
}
