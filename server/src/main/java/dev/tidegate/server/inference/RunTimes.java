package dev.tidegate.server.inference;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a version's newest runs took.
 *
 * <p>A ring of the newest runs; now and then a writer sorts a copy and publishes the p95. Writers
 * never wait for each other, and a value that one of them overwrites is one of many.
 */
public final class RunTimes {
    private static final int RING = 256;

    /** Runs from one publication to the next: a version that becomes slow is noticed by then. */
    private static final int TURN = 32;

    private final AtomicLongArray ring = new AtomicLongArray(RING);
    private final AtomicInteger count = new AtomicInteger();
    private volatile long p95 = Long.MAX_VALUE;

    public void add(long nanos) {
        int turn = count.getAndIncrement();
        ring.setOpaque(turn & (RING - 1), nanos);
        if ((turn & (TURN - 1)) == TURN - 1) {
            settle();
        }
    }

    /** Publishes what is known although the ring is not full. */
    void settle() {
        int runs = count.get();
        int known = runs < 0 ? RING : Math.min(RING, runs);
        if (known > 0) {
            p95 = quantile(known);
        }
    }

    private long quantile(int known) {
        long[] sorted = new long[known];
        for (int i = 0; i < known; i++) {
            sorted[i] = ring.getOpaque(i);
        }
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(known * 0.95) - 1];
    }

    /** Returns nanoseconds; the greatest value there is while nothing is known. */
    public long p95() {
        return p95;
    }
}
