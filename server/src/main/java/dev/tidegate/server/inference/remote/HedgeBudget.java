package dev.tidegate.server.inference.remote;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many second tries may begin: each request adds its share of one, at most a burst is saved up.
 * So they are never more than that share of the requests.
 */
final class HedgeBudget {
    /** Parts of one second try. */
    private static final long PARTS = 1_000_000;

    private final long gain;
    private final long most;
    private final AtomicLong saved = new AtomicLong();
    private final LongAdder won = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder refused = new LongAdder();

    HedgeBudget(double share, int burst) {
        this.gain = Math.round(share * PARTS);
        this.most = burst * PARTS;
    }

    /** Counts a request. */
    void earn() {
        saved.accumulateAndGet(gain, (before, more) -> Math.min(most, before + more));
    }

    /** Returns whether one more may begin, and takes it. */
    boolean take() {
        long before = saved.getAndUpdate(parts -> parts >= PARTS ? parts - PARTS : parts);
        if (before < PARTS) {
            refused.increment();
        }
        return before >= PARTS;
    }

    /** Gives one back that did not begin. */
    void giveBack() {
        saved.accumulateAndGet(PARTS, (before, more) -> Math.min(most, before + more));
    }

    /** Counts how a second try ended. */
    void ended(boolean first) {
        (first ? won : lost).increment();
    }

    HedgeCounts counts() {
        return new HedgeCounts(won.sum(), lost.sum(), refused.sum());
    }

    /**
     * What became of second tries.
     *
     * @param won answered first
     * @param lost did not
     * @param refused never began, because too many had
     */
    record HedgeCounts(long won, long lost, long refused) {}
}
