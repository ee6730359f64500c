package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.chart.SampleBuffer;
import dev.tidegate.workbench.chart.Samples;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way of a rollout's evidence so far, over seconds since its start or over units of the
 * candidate. It grows on the stream's thread; what {@link #series} returned does not change any
 * more.
 */
final class EvidencePath {
    /** More than a day at a second each. */
    private static final int POINTS = 100_000;

    private final Object lock = new Object();

    /** Guarded by lock. */
    private final Buffers byTime = new Buffers();

    /** Guarded by lock. */
    private final Buffers byUnits = new Buffers();

    /** Units of all epochs together. Guarded by lock. */
    private long units;

    /** The newest point's own count, which begins anew in each epoch. Guarded by lock. */
    private long unitsOfEpoch;

    /** Guarded by lock. */
    private Instant newest = Instant.MIN;

    /** One guardrail over x; the e-value as its decimal logarithm. */
    record Guarded(Samples difference, Samples low, Samples high, Samples logE) {}

    /** Everything over one kind of x. */
    record Series(
            Map<String, Guarded> guardrails, Samples splitAsked, Samples splitSeen, Samples units) {
        Series {
            guardrails = Map.copyOf(guardrails);
        }

        Guarded of(String guardrail) {
            Samples none = Samples.of(new double[0], new double[0]);
            return guardrails.getOrDefault(guardrail, new Guarded(none, none, none, none));
        }
    }

    void add(Instant start, Iterable<EvidencePoint> points) {
        synchronized (lock) {
            for (EvidencePoint point : points) {
                if (point.at().isAfter(newest)) {
                    add(point, start);
                    newest = point.at();
                }
            }
        }
    }

    private void add(EvidencePoint point, Instant start) {
        long own = point.candidateUnits();
        units += own >= unitsOfEpoch ? own - unitsOfEpoch : own;
        unitsOfEpoch = own;
        byTime.add((point.at().toEpochMilli() - start.toEpochMilli()) / 1000.0, point, units);
        byUnits.add((double) units, point, units);
    }

    Series series(boolean overUnits) {
        synchronized (lock) {
            return (overUnits ? byUnits : byTime).series();
        }
    }

    private static final class Buffers {
        private final Map<String, SampleBuffer[]> guardrails = new LinkedHashMap<>();
        private final SampleBuffer asked = new SampleBuffer(POINTS);
        private final SampleBuffer seen = new SampleBuffer(POINTS);
        private final SampleBuffer units = new SampleBuffer(POINTS);

        void add(double x, EvidencePoint point, long sum) {
            asked.add(x, point.weight());
            seen.add(x, point.splitSeen());
            units.add(x, (double) sum);
            for (EvidencePoint.Reading reading : point.guardrails()) {
                SampleBuffer[] buffers = guardrails.computeIfAbsent(reading.name(), _ -> fresh());
                buffers[0].add(x, reading.difference());
                buffers[1].add(x, reading.low());
                buffers[2].add(x, reading.high());
                buffers[3].add(x, reading.logEValue() / Math.log(10));
            }
        }

        private static SampleBuffer[] fresh() {
            return new SampleBuffer[] {
                new SampleBuffer(POINTS),
                new SampleBuffer(POINTS),
                new SampleBuffer(POINTS),
                new SampleBuffer(POINTS)
            };
        }

        Series series() {
            Map<String, Guarded> all = new LinkedHashMap<>();
            guardrails.forEach(
                    (name, buffers) ->
                            all.put(
                                    name,
                                    new Guarded(
                                            buffers[0].samples(),
                                            buffers[1].samples(),
                                            buffers[2].samples(),
                                            buffers[3].samples())));
            return new Series(all, asked.samples(), seen.samples(), units.samples());
        }
    }
}
