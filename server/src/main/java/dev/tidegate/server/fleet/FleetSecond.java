package dev.tidegate.server.fleet;

import dev.tidegate.server.stats.LatencyHistogram;
import java.time.Instant;

/**
 * One second of one version of one model, summed over the replicas.
 *
 * @param candidate whether the version was the candidate of a rollout
 * @param errors requests that failed on this version, also where a substitute answered
 */
record FleetSecond(
        Instant at,
        String model,
        String version,
        boolean candidate,
        long requests,
        long errors,
        LatencyHistogram latency) {}
