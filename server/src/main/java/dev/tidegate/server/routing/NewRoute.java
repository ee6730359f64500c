package dev.tidegate.server.routing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A route that is to come into force.
 *
 * @param candidateId absent: the champion gets all traffic
 * @param weight the candidate's share of units, 0 ≤ weight < 1
 */
public record NewRoute(
        long modelId,
        long championId,
        Optional<Long> candidateId,
        double weight,
        Salt salt,
        Optional<UUID> rolloutId,
        List<SlowThreshold> slow) {
    public NewRoute {
        if (!(weight >= 0 && weight < 1)) {
            throw new IllegalArgumentException("weight " + weight + ", expected 0 ≤ weight < 1");
        }
        if (candidateId.isEmpty() && weight != 0) {
            throw new IllegalArgumentException("weight " + weight + " without a candidate");
        }
        slow = List.copyOf(slow);
    }

    /** All traffic to one version, no rollout. */
    public static NewRoute championAlone(long modelId, long championId, Salt salt) {
        return new NewRoute(
                modelId, championId, Optional.empty(), 0, salt, Optional.empty(), List.of());
    }
}
