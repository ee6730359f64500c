package dev.tidegate.workbench.model;

import dev.tidegate.workbench.fleet.FleetModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A model at one moment.
 *
 * @param live its route and traffic, when the server tells of them
 * @param stages where the time went, of each version in memory
 * @param window how much time the stages are of
 */
record ModelSnapshot(
        RegisteredModel model,
        Optional<FleetModel> live,
        List<StageMeans> stages,
        Duration window) {
    ModelSnapshot {
        stages = List.copyOf(stages);
    }

    /** Returns the share of the routed requests that a version gets; NaN when nobody tells. */
    double weight(String version) {
        return live.map(
                        known ->
                                known.arms().stream()
                                        .filter(arm -> arm.version().equals(version))
                                        .mapToDouble(FleetModel.Arm::weight)
                                        .sum())
                .orElse(Double.NaN);
    }

    /** Returns whether the route names the version. */
    boolean isRouted(String version) {
        return live.stream()
                .flatMap(known -> known.arms().stream())
                .anyMatch(arm -> arm.version().equals(version));
    }
}
