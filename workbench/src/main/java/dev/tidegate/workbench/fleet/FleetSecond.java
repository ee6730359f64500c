package dev.tidegate.workbench.fleet;

import java.time.Instant;
import java.util.OptionalLong;

/** One closed second of one version, summed over the replicas. */
public record FleetSecond(
        Instant at,
        String model,
        String version,
        long requests,
        long errors,
        OptionalLong p95Micros) {}
