package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.SampleBuffer;
import dev.tidegate.workbench.chart.Samples;
import java.util.ArrayDeque;
import java.util.Deque;

/** The newest seconds of one version, as series over epoch seconds. */
final class VersionHistory {
    /** A quarter of an hour at a second each: what a server sends when a stream begins. */
    static final int SECONDS = 900;

    /** Seconds over which the share of errors is taken. */
    static final int WINDOW = 10;

    private final RateSeries requests = new RateSeries(SECONDS);
    private final SampleBuffer errorShare = new SampleBuffer(SECONDS);
    private final SampleBuffer p95Micros = new SampleBuffer(SECONDS);
    private final Deque<FleetSecond> window = new ArrayDeque<>();
    private long newest = Long.MIN_VALUE;

    /**
     * What the series are at one moment. Requests are 0 in a quiet second; shares are from 0 to 1
     * and NaN while there are no requests in their window, and so are latencies.
     */
    record Series(Samples requests, Samples errorShare, Samples p95Micros) {}

    /** Adds a second after the newest one. */
    void add(FleetSecond second) {
        long at = second.epochSecond();
        quietThrough(at - 1);
        window.addLast(second);
        requests.add(at, (double) second.requests());
        errorShare.add((double) at, shareOfWindow(at));
        p95Micros.add(
                (double) at,
                second.p95Micros().isPresent()
                        ? (double) second.p95Micros().getAsLong()
                        : Double.NaN);
        newest = at;
    }

    /** Says that the seconds through this one are over. */
    void quietThrough(long second) {
        if (newest == Long.MIN_VALUE) {
            return;
        }
        requests.quietThrough(second);
        for (long at = Math.max(newest + 1, second - SECONDS); at <= second; at++) {
            errorShare.add((double) at, shareOfWindow(at));
            p95Micros.add((double) at, Double.NaN);
        }
        newest = Math.max(newest, second);
    }

    /** Over some seconds, since one second of a small weight holds too few requests for a share. */
    private double shareOfWindow(long at) {
        while (!window.isEmpty() && window.getFirst().epochSecond() <= at - WINDOW) {
            window.removeFirst();
        }
        long all = window.stream().mapToLong(FleetSecond::requests).sum();
        long errors = window.stream().mapToLong(FleetSecond::errors).sum();
        return all == 0 ? Double.NaN : (double) errors / all;
    }

    Series series() {
        return new Series(requests.samples(), errorShare.samples(), p95Micros.samples());
    }
}
