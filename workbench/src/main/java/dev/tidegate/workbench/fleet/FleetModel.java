package dev.tidegate.workbench.fleet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model at a glance.
 *
 * @param requests in the window of {@code windowSeconds}
 * @param errors of those
 */
public record FleetModel(
        String name,
        List<Arm> arms,
        Optional<OpenRollout> rollout,
        long requests,
        long errors,
        double requestsPerSecond,
        OptionalLong p50Micros,
        OptionalLong p95Micros,
        OptionalLong p99Micros,
        int windowSeconds) {

    /** A version that the route names; the weight is from 0 to 1. */
    public record Arm(String version, String role, double weight) {}

    /** A rollout that has not ended. */
    public record OpenRollout(
            String id, String state, String reason, boolean waitsForApproval, boolean waitsForMe) {}

    public FleetModel {
        arms = List.copyOf(arms);
    }

    /** Share of failed requests; NaN without requests. */
    public double errorShare() {
        return requests == 0 ? Double.NaN : (double) errors / requests;
    }

    /** The version of that role, if the route has one. */
    public Optional<Arm> arm(String role) {
        return arms.stream().filter(arm -> arm.role().equals(role)).findFirst();
    }
}
