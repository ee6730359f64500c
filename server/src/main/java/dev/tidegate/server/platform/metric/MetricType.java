package dev.tidegate.server.platform.metric;

import java.util.Locale;

/** What kind of number a metric is. */
public enum MetricType {
    /** Only grows while the process lives; its samples' names end in {@code _total}. */
    COUNTER,
    /**
     * Only grows, under a name of Triton's that has no {@code _total}; OpenMetrics knows no such
     * counter.
     */
    NAMED_COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts by upper bounds, which can be added up over replicas. */
    HISTOGRAM;

    String text(boolean openMetrics) {
        if (this == NAMED_COUNTER) {
            return openMetrics ? "unknown" : "counter";
        }
        return name().toLowerCase(Locale.ROOT);
    }
}
