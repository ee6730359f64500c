package dev.tidegate.server.inference;

import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.RoutingTable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The versions that stay in memory because a route names them, now or as soon as it is ready, or a
 * fallback ladder.
 */
@Singleton
final class NamedVersions {
    private final RoutingTable routes;
    private final Ladders ladders;

    /** By model, the newest route that wants to come into force. */
    private final Map<Long, RouteSnapshot> coming = new ConcurrentHashMap<>();

    NamedVersions(RoutingTable routes, Ladders ladders) {
        this.routes = routes;
        this.ladders = ladders;
    }

    void expect(RouteSnapshot route) {
        coming.put(route.modelId(), route);
    }

    boolean isNamed(long versionId) {
        return ladders.names(versionId)
                || routes.all().stream().anyMatch(route -> names(route, versionId))
                || coming.values().stream().anyMatch(route -> names(route, versionId));
    }

    private static boolean names(RouteSnapshot route, long versionId) {
        return route.championId() == versionId || route.candidateId() == versionId;
    }
}
