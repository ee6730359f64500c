package dev.tidegate.workbench.model;

import dev.tidegate.workbench.fleet.FleetModel;
import java.util.Optional;

/**
 * A model at one moment.
 *
 * @param live its route and traffic, when the server tells of them
 */
record ModelSnapshot(RegisteredModel model, Optional<FleetModel> live) {
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
