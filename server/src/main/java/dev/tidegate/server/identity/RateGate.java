package dev.tidegate.server.identity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets requests through as fast as a limit allows.
 *
 * <p>The generic cell rate algorithm (ITU-T I.371, annex A, virtual scheduling): a token bucket
 * whose whole state is the time at which the bucket would be full again, so that one
 * compare-and-set decides and nobody waits.
 */
final class RateGate {
    /** Nanoseconds, 36 years: what is reckoned with stays far below half of what a long holds. */
    private static final long LONGEST = 1L << 60;

    private final long pause;
    private final long tolerance;
    private final AtomicLong full;

    /**
     * @param now monotonic nanoseconds; the bucket is full then
     */
    RateGate(RateLimit limit, long now) {
        pause = Math.clamp(Math.round(1e9 / limit.rate()), 1, LONGEST);
        tolerance = Math.min(LONGEST, saturated(limit.burst() - 1L, pause));
        full = new AtomicLong(now);
    }

    private static long saturated(long count, long each) {
        return Math.multiplyHigh(count, each) == 0 && count * each >= 0
                ? count * each
                : Long.MAX_VALUE;
    }

    /**
     * Returns 0 when a request may go on, else after how many nanoseconds it may be tried again.
     */
    long take(long now) {
        long seen = full.get();
        while (true) {
            long from = seen - now > 0 ? seen : now;
            long early = from - now - tolerance;
            if (early > 0) {
                return early;
            }
            long witness = full.compareAndExchange(seen, from + pause);
            if (witness == seen) {
                return 0;
            }
            seen = witness;
        }
    }
}
