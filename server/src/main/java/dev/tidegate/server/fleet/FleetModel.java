package dev.tidegate.server.fleet;

import dev.tidegate.server.rollout.RolloutSummary;
import dev.tidegate.server.routing.RouteStatus;
import dev.tidegate.server.stats.LatencyHistogram;
import java.util.Optional;

/**
 * A model at a glance.
 *
 * @param rollout the one that has not ended
 * @param waitsForCaller whether the caller could approve it now
 * @param requests all of them
 * @param pinned those of them whose client named the version
 * @param windowSeconds seconds that the counts cover
 */
record FleetModel(
        RouteStatus route,
        Optional<RolloutSummary> rollout,
        boolean waitsForCaller,
        long requests,
        long errors,
        long pinned,
        LatencyHistogram latency,
        int windowSeconds) {}
