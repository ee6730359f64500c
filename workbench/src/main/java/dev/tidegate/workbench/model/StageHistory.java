package dev.tidegate.workbench.model;

import dev.tidegate.workbench.chart.SampleBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the time of each version's answered requests went, reading by reading, while it is watched.
 */
final class StageHistory {
    static final Duration LENGTH = Duration.ofMinutes(15);

    /** Readings that are kept, which are about two seconds apart. */
    private static final int POINTS = 600;

    private final Map<String, StageTotals> last = new HashMap<>();
    private final Map<String, Lines> lines = new HashMap<>();

    /** The series of a version while they grow. */
    private record Lines(
            SampleBuffer read, SampleBuffer queue, SampleBuffer compute, SampleBuffer encode) {
        static Lines empty() {
            return new Lines(
                    new SampleBuffer(POINTS),
                    new SampleBuffer(POINTS),
                    new SampleBuffer(POINTS),
                    new SampleBuffer(POINTS));
        }

        void add(double second, StageMeans means) {
            read.add(second, means.readMicros());
            queue.add(second, means.queueMicros());
            compute.add(second, means.computeMicros());
            encode.add(second, means.encodeMicros());
        }

        StageSeries series() {
            return new StageSeries(
                    read.samples(), queue.samples(), compute.samples(), encode.samples());
        }
    }

    /** Adds totals that are newer than all before. */
    void add(Instant at, List<StageTotals> totals) {
        for (StageTotals now : totals) {
            StageTotals then = last.put(now.version(), now);
            if (then != null) {
                lines.computeIfAbsent(now.version(), _ -> Lines.empty())
                        .add(at.toEpochMilli() / 1000.0, between(then, now));
            }
        }
    }

    /** Totals that became fewer are of a new session, and its first requests of no known time. */
    private static StageMeans between(StageTotals then, StageTotals now) {
        return StageMeans.between(now.requests() < then.requests() ? now : then, now);
    }

    /** Returns what is known so far, by version. */
    Map<String, StageSeries> series() {
        return lines.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().series()));
    }
}
