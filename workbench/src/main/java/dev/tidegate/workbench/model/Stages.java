package dev.tidegate.workbench.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the time of answered requests went, of each version in memory.
 *
 * @param window how much time the means are of
 * @param at when they were read
 * @param series the same over time, by version
 */
record Stages(
        List<StageMeans> means, Duration window, Instant at, Map<String, StageSeries> series) {
    Stages {
        means = List.copyOf(means);
        series = Map.copyOf(series);
    }
}
