package dev.tidegate.workbench.fleet;

import java.time.Duration;

/** How far back the live charts look: no farther than a server tells when a stream begins. */
enum TimeSpan {
    ONE_MINUTE(Duration.ofMinutes(1), "1m"),
    FIVE_MINUTES(Duration.ofMinutes(5), "5m"),
    FIFTEEN_MINUTES(Duration.ofMinutes(15), "15m");

    private final Duration length;
    private final String label;

    TimeSpan(Duration length, String label) {
        this.length = length;
        this.label = label;
    }

    Duration length() {
        return length;
    }

    String label() {
        return label;
    }
}
