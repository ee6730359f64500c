package dev.tidegate.workbench.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling up to a cap, each wait drawn from its upper
 * half.
 */
public record Backoff(Duration first, Duration cap, RandomGenerator random) {
    public static Backoff standard(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10), random);
    }

    /** The wait after this many failures in a row, 1 or more. */
    public Duration after(int failures) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(30, failures - 1));
        double millis = Math.min(doubled, (double) cap.toMillis());
        return Duration.ofMillis(Math.round(millis * (0.5 + 0.5 * random.nextDouble())));
    }
}
