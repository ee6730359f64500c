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
        OptionalLong p95Micros) {

    long epochSecond() {
        return at.getEpochSecond();
    }

    /** Both together, of the same second and version; the latency is that of the busier one. */
    FleetSecond plus(FleetSecond other) {
        return new FleetSecond(
                at,
                model,
                version,
                requests + other.requests,
                errors + other.errors,
                requests >= other.requests ? p95Micros : other.p95Micros);
    }
}
