package dev.tidegate.server.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rollout with everything that a screen shows of it.
 *
 * @param candidateUnitsPerSecond new units of the candidate in the present step, empty when unknown
 * @param asOf the database's time
 */
record RolloutView(
        Rollout rollout,
        Optional<RolloutReading> reading,
        long routeEpoch,
        List<RouteThreshold> thresholds,
        List<RolloutApproval> approvals,
        List<RolloutMark> marks,
        List<AllowedAction> actions,
        OptionalDouble candidateUnitsPerSecond,
        Instant asOf) {

    /** What counts as slow, by guardrail. */
    record RouteThreshold(String guardrail, long championMicros, long candidateMicros) {}
}
