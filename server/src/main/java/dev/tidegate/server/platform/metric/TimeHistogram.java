package dev.tidegate.server.platform.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long something took, in buckets from 20 µs to 30 s.
 *
 * <p>Any number of threads add without waiting for each other. The bounds are the same for all of
 * them, so that histograms of several replicas can be added up. A bucket keeps one exemplar, a new
 * one each second at most, so that a request seldom pays for it.
 */
public final class TimeHistogram {
    private static final long[] BOUNDS =
            Stream.of(
                            20,
                            50,
                            100,
                            200,
                            500,
                            1_000,
                            2_000,
                            5_000,
                            10_000,
                            20_000,
                            50_000,
                            100_000,
                            200_000,
                            500_000,
                            1_000_000,
                            2_000_000,
                            5_000_000,
                            10_000_000,
                            30_000_000)
                    .mapToLong(TimeUnit.MICROSECONDS::toNanos)
                    .toArray();

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder total = new LongAdder();
    private final AtomicReferenceArray<Exemplar> exemplars =
            new AtomicReferenceArray<>(BOUNDS.length + 1);

    public TimeHistogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Counts what took so many nanoseconds; a negative time counts as none. */
    public void add(long nanos) {
        add(bucket(nanos), nanos);
    }

    /** Counts a prediction that came at an instant and took so many nanoseconds. */
    public void add(long nanos, UUID predictionId, Instant at) {
        int bucket = bucket(nanos);
        add(bucket, nanos);
        Exemplar newest = exemplars.getOpaque(bucket);
        if (newest == null || newest.at().getEpochSecond() != at.getEpochSecond()) {
            exemplars.setOpaque(bucket, new Exemplar(predictionId, nanos / 1e9, at));
        }
    }

    private void add(int bucket, long nanos) {
        counts[bucket].increment();
        total.add(Math.max(0, nanos));
    }

    private static int bucket(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Returns how often something was counted. */
    public long count() {
        long sum = 0;
        for (LongAdder count : counts) {
            sum += count.sum();
        }
        return sum;
    }

    /** Returns all of it together. */
    public Duration total() {
        return Duration.ofNanos(total.sum());
    }

    /** Returns the samples of a histogram family with the labels given as name, value, name… */
    public List<MetricSample> samples(String... labels) {
        List<MetricSample.Label> shared = MetricSample.Label.list(labels);
        List<MetricSample> samples = new ArrayList<>();
        long cumulative = 0;
        for (int i = 0; i < counts.length; i++) {
            cumulative += counts[i].sum();
            List<MetricSample.Label> bounded = new ArrayList<>(shared);
            bounded.add(new MetricSample.Label("le", bound(i)));
            samples.add(
                    new MetricSample(
                            "_bucket",
                            bounded,
                            (double) cumulative,
                            Optional.ofNullable(exemplars.getOpaque(i))));
        }
        samples.add(new MetricSample("_sum", shared, total.sum() / 1e9, Optional.empty()));
        samples.add(new MetricSample("_count", shared, (double) cumulative, Optional.empty()));
        return samples;
    }

    private static String bound(int bucket) {
        return bucket == BOUNDS.length ? "+Inf" : Exposition.number(BOUNDS[bucket] / 1e9);
    }
}
