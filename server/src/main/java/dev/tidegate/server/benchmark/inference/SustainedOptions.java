package dev.tidegate.server.benchmark.inference;

import java.time.Duration;

/**
 * How long to ask on end.
 *
 * @param sustained at 60 % of what the server can do
 * @param burst at all that it can do
 */
public record SustainedOptions(Duration sustained, Duration burst) {
    public SustainedOptions {
        if (sustained.toSeconds() < 1 || burst.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "%s and %s, expected whole seconds".formatted(sustained, burst));
        }
    }

    /** Returns what users were promised: ten minutes, and a burst of one. */
    public static SustainedOptions full() {
        return new SustainedOptions(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    /** Returns what shows that it runs; the figures say nothing. */
    public static SustainedOptions brief() {
        return new SustainedOptions(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
