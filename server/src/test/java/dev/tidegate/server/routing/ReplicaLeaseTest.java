package dev.tidegate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.platform.time.DatabaseTime;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaLeaseTest {
    private static final long LEASE = Duration.ofSeconds(5).toNanos();
    private static final long ROUND_TRIP = Duration.ofSeconds(2).toNanos();

    private final Database database = TestDatabase.create();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - LEASE);
    private final RoutingTable table = new RoutingTable(now::get);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void closesTheCandidateWhenTheLeaseIsOverAndOpensItWhenItIsRenewed() {
        table.put(List.of(RouteAssignmentTest.route(1, 0.999, new Salt(1, 2))));
        assertThat(reason()).isEqualTo(RouteReason.ROUTE_STALE);
        table.extendLease(now.get() + LEASE);
        assertThat(reason()).isEqualTo(RouteReason.CANDIDATE);
        now.addAndGet(LEASE - 1);
        assertThat(reason()).isEqualTo(RouteReason.CANDIDATE);
        now.addAndGet(1);
        assertThat(reason()).isEqualTo(RouteReason.ROUTE_STALE);
        table.extendLease(now.get() + LEASE);
        assertThat(reason()).isEqualTo(RouteReason.CANDIDATE);
    }

    @Test
    void countsTheLeaseFromBeforeItsRenewalWasSent() {
        long sent = now.get();
        MonotonicClock slowDatabase = () -> now.getAndAdd(ROUND_TRIP);
        ReplicaLease lease = lease(slowDatabase);
        lease.round();
        now.set(sent + LEASE - 1);
        assertThat(table.leaseHolds()).isTrue();
        now.set(sent + LEASE);
        assertThat(table.leaseHolds()).isFalse();
    }

    @Test
    void acknowledgesEachRouteByItselfWhenAnotherCannotComeIntoForce() {
        model(1, "waits");
        model(2, "goes");
        Optional<RouteReadiness> all = Optional.of(route -> route.modelId() != 1);
        ReplicaLease lease = lease(now::get, all);
        RouteStatusReader status = new RouteStatusReader(database);

        lease.round();

        assertThat(status.status("waits").inForce()).isFalse();
        assertThat(status.status("goes").inForce()).isTrue();
    }

    @Test
    void isNotInForceAnywhereWhenNoReplicaLives() {
        model(2, "goes");

        assertThat(new RouteStatusReader(database).status("goes").inForce()).isFalse();
    }

    private void model(long id, String name) {
        database.transaction(
                tx -> {
                    tx.execute(
                            "insert into model (id, name) overriding system value values (?, ?)",
                            id,
                            name);
                    tx.execute(
                            "insert into model_version (id, model_id, version, digest, state, signature, bytes, lineage, registered_by)"
                                    + " overriding system value values (?, ?, '1', ?, 'STAGED', '{}', 1, '{}', 'eva')",
                            id,
                            id,
                            "0".repeat(63) + id);
                    return tx.execute(
                            "insert into route (epoch, model_id, champion_id, weight, salt, slow)"
                                    + " values (?, ?, ?, 0, decode(repeat('00', 16), 'hex'), '[]')",
                            id,
                            id,
                            id);
                });
    }

    private ReplicaLease lease(MonotonicClock clock) {
        return lease(clock, Optional.empty());
    }

    private ReplicaLease lease(MonotonicClock clock, Optional<RouteReadiness> readiness) {
        return new ReplicaLease(
                new RoutingConfig(Duration.ofNanos(LEASE), Duration.ofMillis(2500)),
                database,
                new Replica(UUID.randomUUID(), "test"),
                new RouteFollower(new RouteReader(database), table, readiness),
                table,
                new DatabaseTime(clock),
                clock);
    }

    private RouteReason reason() {
        return java.util.Objects.requireNonNull(table.route(1, 5)).reason();
    }
}
