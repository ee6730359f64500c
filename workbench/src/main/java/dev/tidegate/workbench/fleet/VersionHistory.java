package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.SampleBuffer;
import dev.tidegate.workbench.chart.Samples;
import java.util.ArrayDeque;
import java.util.Deque;

/** The newest seconds of one version, as series over epoch seconds. */
final class VersionHistory {
    /** An hour at a second each. */
    static final int SECONDS = 3600;

    /** Seconds over which the share of errors is taken. */
    static final int WINDOW = 10;

    private final SampleBuffer requests = new SampleBuffer(SECONDS);
    private final SampleBuffer errorShare = new SampleBuffer(SECONDS);
    private final SampleBuffer p95Micros = new SampleBuffer(SECONDS);
    private final Deque<FleetSecond> window = new ArrayDeque<>();
    private long newest = Long.MIN_VALUE;

    /** What the series are at one moment; shares are from 0 to 1 and NaN without requests. */
    record Series(Samples requests, Samples errorShare, Samples p95Micros) {}

    /** Adds a second; what was missing since the one before is a gap. */
    void add(FleetSecond second) {
        long at = second.at().getEpochSecond();
        if (newest != Long.MIN_VALUE && at > newest + 1) {
            put(newest + 1, Double.NaN, Double.NaN, Double.NaN);
        }
        double p95 =
                second.p95Micros().isPresent()
                        ? (double) second.p95Micros().getAsLong()
                        : Double.NaN;
        put(at, (double) second.requests(), shareOfWindow(second), p95);
    }

    /** Over some seconds, since one second of a small weight holds too few requests for a share. */
    private double shareOfWindow(FleetSecond second) {
        window.addLast(second);
        long from = second.at().getEpochSecond() - WINDOW;
        while (window.getFirst().at().getEpochSecond() <= from) {
            window.removeFirst();
        }
        long requests = window.stream().mapToLong(FleetSecond::requests).sum();
        long errors = window.stream().mapToLong(FleetSecond::errors).sum();
        return requests == 0 ? Double.NaN : (double) errors / requests;
    }

    private void put(long at, double rate, double share, double p95) {
        double x = (double) at;
        requests.add(x, rate);
        errorShare.add(x, share);
        p95Micros.add(x, p95);
        newest = Math.max(newest, at);
    }

    Series series() {
        return new Series(requests.samples(), errorShare.samples(), p95Micros.samples());
    }
}
