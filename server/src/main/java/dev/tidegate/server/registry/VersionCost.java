package dev.tidegate.server.registry;

import java.time.Duration;
import java.util.Locale;

/**
 * What a version's answers cost on one replica, since it came into memory there.
 *
 * @param inferences rows that it answered, at least 1
 * @param runs of the graph, at least 1, also those that failed
 * @param coreTime of its runs, also of those that failed
 */
public record VersionCost(long inferences, long runs, Duration coreTime) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_HOUR = 3600;

    public VersionCost {
        if (inferences < 1 || runs < 1 || coreTime.isNegative()) {
            throw new IllegalArgumentException(
                    "a cost is of at least 1 inference in at least 1 run and of no negative time, got %d, %d and %s"
                            .formatted(inferences, runs, coreTime));
        }
    }

    /** Returns how many rows a run answers. */
    public double rowsPerRun() {
        return (double) inferences / runs;
    }

    /** Returns core-seconds for 1,000 inferences. */
    public double coreSecondsPerThousand() {
        return coreTime.toNanos() / NANOS_PER_SECOND / inferences * 1000;
    }

    /**
     * Returns the price of 1,000 inferences.
     *
     * @param perCoreHour of a core
     */
    public double pricePerThousand(double perCoreHour) {
        return coreSecondsPerThousand() / SECONDS_PER_HOUR * perCoreHour;
    }

    /** Returns it as messages say it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%.3g core-seconds per 1,000 inferences (over %,d)",
                coreSecondsPerThousand(),
                inferences);
    }
}
