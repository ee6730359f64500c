package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.SampleBuffer;
import dev.tidegate.workbench.chart.Samples;

/** Requests of each second since the first one; a second of which nothing was said had none. */
final class RateSeries {
    private final int capacity;
    private final SampleBuffer samples;
    private long newest = Long.MIN_VALUE;

    RateSeries(int capacity) {
        this.capacity = capacity;
        samples = new SampleBuffer(capacity);
    }

    /** Adds a second after the newest. */
    void add(long second, double requests) {
        quietThrough(second - 1);
        samples.add((double) second, requests);
        newest = Math.max(newest, second);
    }

    /**
     * Says that the seconds through this one are over; before the first request nothing is said.
     */
    void quietThrough(long second) {
        if (newest != Long.MIN_VALUE) {
            for (long at = Math.max(newest + 1, second - capacity); at <= second; at++) {
                samples.add((double) at, 0);
            }
            newest = Math.max(newest, second);
        }
    }

    Samples samples() {
        return samples.samples();
    }
}
