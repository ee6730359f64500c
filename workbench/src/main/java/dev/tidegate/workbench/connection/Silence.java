package dev.tidegate.workbench.connection;

import java.time.Duration;

/**
 * How long a stream may say nothing before it counts as broken.
 *
 * @param first until its first value, which may be a long history
 * @param next between two values; servers send one each second
 */
public record Silence(Duration first, Duration next) {
    public static Silence standard() {
        return new Silence(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    Duration limit(boolean hasSpoken) {
        return hasSpoken ? next : first;
    }
}
