package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Figures;
import java.util.OptionalDouble;

/**
 * What a version's answers cost on the replica that was asked.
 *
 * @param inferences rows that it answered since it came into memory
 * @param coreSeconds for 1,000 of them
 * @param price of the same, when the server has one for a core-hour
 */
record VersionCost(long inferences, double coreSeconds, OptionalDouble price) {
    String words() {
        String cost = Figures.plain(coreSeconds);
        if (price.isPresent()) {
            cost += " · " + Figures.plain(price.getAsDouble());
        }
        return cost + " (n " + Figures.count(inferences) + ")";
    }
}
