package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A histogram of latencies in microseconds with a fixed layout, so that merging is exact and in any
 * order the same.
 *
 * <p>Log-linear: up to 256 µs one bucket a microsecond, above 128 buckets for each doubling; a
 * bucket is at most 1/128 of its value wide. What is longer than {@link #LONGEST} counts as that
 * long. The layout is that of HdrHistogram (Tene) at two digits, written out because the index goes
 * into stored evidence and must never change.
 *
 * <p>Not thread-safe.
 */
public final class LatencyHistogram {
    /** Longest latency told apart, in microseconds: about 19 hours. */
    public static final long LONGEST = (1L << 36) - 1;

    private static final int PRECISION =
            7; // bits of a value that its bucket keeps, after the leading one
    private static final int HALF = 1 << PRECISION;
    private static final int BUCKETS = bucket(LONGEST) + 1;

    private long[] counts = new long[2 * HALF];
    private long total;

    /**
     * One filled bucket.
     *
     * @param index 0 to {@link LatencyHistogram#lastBucket()}
     * @param count latencies in it, at least 1
     */
    public record Bucket(int index, long count) {
        public Bucket {
            if (index < 0 || index >= BUCKETS) {
                throw new IllegalArgumentException(
                        "bucket " + index + ", expected one of 0 to " + (BUCKETS - 1));
            }
            if (count < 1) {
                throw new IllegalArgumentException(
                        "bucket " + index + " with count " + count + ", expected at least 1");
            }
        }
    }

    /** Returns the index of the last bucket. */
    public static int lastBucket() {
        return BUCKETS - 1;
    }

    /**
     * Returns the index of the bucket that a latency in microseconds falls in; negative ones count
     * as 0.
     */
    public static int bucket(long micros) {
        long value = Math.min(Math.max(micros, 0), LONGEST);
        int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(value | 1) - PRECISION);
        return shift * HALF + (int) (value >>> shift);
    }

    /** Returns the longest latency of a bucket in microseconds. */
    public static long longestOf(int bucket) {
        if (bucket < 2 * HALF) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long leading = bucket - (long) shift * HALF;
        return ((leading + 1) << shift) - 1;
    }

    /** Counts one latency in microseconds. */
    public void add(long micros) {
        add(new Bucket(bucket(micros), 1));
    }

    /** Counts a stored bucket. */
    public void add(Bucket bucket) {
        if (bucket.index() >= counts.length) {
            counts =
                    Arrays.copyOf(
                            counts,
                            Math.min(BUCKETS, Math.max(bucket.index() + 1, counts.length * 2)));
        }
        counts[bucket.index()] += bucket.count();
        total += bucket.count();
    }

    /** Counts all latencies of another histogram. */
    public void merge(LatencyHistogram other) {
        other.buckets().forEach(this::add);
    }

    /** Returns how many latencies were counted. */
    public long total() {
        return total;
    }

    /**
     * Returns the filled buckets by rising index: with {@link #add(Bucket)} they make the same
     * histogram again.
     */
    public List<Bucket> buckets() {
        List<Bucket> filled = new ArrayList<>();
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] > 0) {
                filled.add(new Bucket(index, counts[index]));
            }
        }
        return filled;
    }

    /**
     * Returns a latency in microseconds that at least the given share of the latencies do not
     * exceed: the longest one of the bucket that the nearest-rank quantile lies in.
     *
     * @param share in (0, 1]
     * @throws IllegalStateException when nothing was counted
     */
    public long quantile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + ", expected one within (0, 1]");
        }
        if (total == 0) {
            throw new IllegalStateException("a quantile of no latency at all");
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int index = 0; index < counts.length; index++) {
            seen += counts[index];
            if (seen >= rank) {
                return longestOf(index);
            }
        }
        return LONGEST;
    }
}
