package dev.tidegate.workbench.model;

import java.time.Duration;
import java.util.List;

/**
 * Where the time of answered requests went, of each version in memory.
 *
 * @param window how much time the means are of
 */
record Stages(List<StageMeans> means, Duration window) {
    Stages {
        means = List.copyOf(means);
    }
}
