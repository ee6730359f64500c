package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.time.ReadableTime;
import java.time.Duration;

/**
 * What a step of a rollout asks for before the next one may be entered.
 *
 * @param weight the candidate's share, in (0, 1)
 * @param minimumTime time in force, at least zero
 * @param minimumUnits units of the candidate in this step, at least 0
 */
public record RampStep(double weight, Duration minimumTime, long minimumUnits) {
    public RampStep {
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException(
                    "weight " + weight + " of a step, expected one within (0, 1)");
        }
        if (minimumTime.isNegative()) {
            throw new IllegalArgumentException(
                    "minimum time " + ReadableTime.of(minimumTime) + ", expected none below zero");
        }
        if (minimumUnits < 0) {
            throw new IllegalArgumentException(
                    "minimum units " + minimumUnits + ", expected none below 0");
        }
    }
}
