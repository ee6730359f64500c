package dev.tidegate.server.journal;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes prediction ids: UUID version 7 (RFC 9562), increasing within the process, without a lock.
 *
 * <p>Milliseconds and the 12 bits behind them are one counter that never goes back, so a burst
 * borrows from the future instead of waiting. The other 62 bits are the counter scrambled with this
 * process's random key: a bijection, so no two ids of a process are equal.
 */
@Singleton
public final class PredictionIds {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final long key;
    private final AtomicLong newest = new AtomicLong();

    public PredictionIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        key = random.nextLong();
    }

    /** Returns the next id. */
    public UUID next() {
        long now = clock.millis() << COUNTER_BITS;
        long count = newest.accumulateAndGet(now, (last, time) -> Math.max(last + 1, time));
        long high = (count >>> COUNTER_BITS) << Short.SIZE | VERSION | (count & COUNTER_MASK);
        return new UUID(high, VARIANT | scrambled(count ^ key) >>> 2);
    }

    /** Returns the milliseconds since 1970 that an id of version 7 begins with. */
    public static long millisOf(UUID id) {
        return id.getMostSignificantBits() >>> Short.SIZE;
    }

    /** The finalizer of MurmurHash3 with Stafford's constants ("mix 13"). */
    private static long scrambled(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
