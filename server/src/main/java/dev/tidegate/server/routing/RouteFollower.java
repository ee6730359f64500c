package dev.tidegate.server.routing;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings new routes into the table of this replica: one whose versions are not loaded yet waits,
 * all others are swapped in at once.
 */
@Singleton
final class RouteFollower {
    private final RouteReader reader;
    private final RoutingTable table;
    private final Optional<RouteReadiness> readiness;
    private final Map<Long, RouteSnapshot> waiting = new HashMap<>();
    private long seen;

    RouteFollower(RouteReader reader, RoutingTable table, Optional<RouteReadiness> readiness) {
        this.reader = reader;
        this.table = table;
        this.readiness = readiness;
    }

    /**
     * Reads what is new and swaps in what is ready; returns what is in force here.
     *
     * @param leaseWasLost a route that waits shuts its predecessor's candidate, because the leader
     *     may have gone on without this replica
     */
    synchronized Followed follow(boolean leaseWasLost) {
        List<RouteSnapshot> news = reader.newerThan(seen);
        for (RouteSnapshot route : news) {
            waiting.put(route.modelId(), route);
            seen = Math.max(seen, route.epoch());
        }
        List<RouteSnapshot> ready = waiting.values().stream().filter(this::isReady).toList();
        ready.forEach(route -> waiting.remove(route.modelId()));
        List<RouteSnapshot> changes = new ArrayList<>(ready);
        if (leaseWasLost) {
            changes.addAll(shut(waiting.values()));
        }
        table.put(changes);
        return new Followed(
                seen,
                waiting.values().stream().map(RouteSnapshot::epoch).collect(Collectors.toSet()));
    }

    private boolean isReady(RouteSnapshot route) {
        return readiness.map(r -> r.isReady(route)).orElse(true);
    }

    private List<RouteSnapshot> shut(Collection<RouteSnapshot> routes) {
        return routes.stream()
                .flatMap(route -> table.of(route.modelId()).stream())
                .map(RouteSnapshot::closed)
                .toList();
    }
}
