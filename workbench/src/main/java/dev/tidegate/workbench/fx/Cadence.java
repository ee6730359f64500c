package dev.tidegate.workbench.fx;

import java.time.Duration;

/** How often a kind of live data reaches the screen. */
public enum Cadence {
    /** Figures and states: ten times a second. */
    VALUES(Duration.ofMillis(100)),
    /** Charts: four times a second. */
    CHARTS(Duration.ofMillis(250)),
    /** Ages and clocks: once a second. */
    CLOCK(Duration.ofSeconds(1));

    private final Duration period;

    Cadence(Duration period) {
        this.period = period;
    }

    public Duration period() {
        return period;
    }
}
