package dev.tidegate.server.inference;

import java.time.Duration;

/**
 * How often something took how long.
 *
 * @param count how often
 * @param total all of it together
 */
public record CountedTime(long count, Duration total) {
    public CountedTime {
        if (count < 0 || total.isNegative()) {
            throw new IllegalArgumentException(
                    "counts and times are not negative, got %d and %s".formatted(count, total));
        }
    }
}
