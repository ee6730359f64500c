package dev.tidegate.server.routing;

import dev.tidegate.server.platform.time.MonotonicClock;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each request goes: one immutable map, read without a lock, never waiting for anything.
 *
 * <p>A candidate's weight holds only while the replica's lease lasts; it is checked on each
 * request.
 */
@Singleton
public final class RoutingTable {
    private final MonotonicClock clock;
    private volatile Map<Long, RouteSnapshot> routes = Map.of();
    private volatile long leaseUntil;
    private volatile boolean leased;

    RoutingTable(MonotonicClock clock) {
        this.clock = clock;
    }

    /** Returns the decision, or null when the model has no champion. */
    public @Nullable RouteDecision route(long modelId, long unitHash) {
        RouteSnapshot route = routes.get(modelId);
        return route == null ? null : route.decide(unitHash, leaseHolds());
    }

    public Optional<RouteSnapshot> of(long modelId) {
        return Optional.ofNullable(routes.get(modelId));
    }

    public Collection<RouteSnapshot> all() {
        return routes.values();
    }

    boolean leaseHolds() {
        return leased && clock.nanos() - leaseUntil < 0;
    }

    void extendLease(long untilNanos) {
        leaseUntil = untilNanos;
        leased = true;
    }

    void put(Collection<RouteSnapshot> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Map<Long, RouteSnapshot> next = new HashMap<>(routes);
        changed.forEach(route -> next.put(route.modelId(), route));
        routes = Map.copyOf(next);
    }
}
