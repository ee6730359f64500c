package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.SlowThreshold;
import dev.tidegate.server.stats.Arm;
import java.util.List;

/**
 * What counts as an event in one route epoch: bit 0 an error, bit i the i-th threshold of slowness.
 * A request that failed is infinitely slow.
 */
final class EpochGuardrails {
    /** An epoch of no rollout: nobody asks for units. */
    static final EpochGuardrails NONE = new EpochGuardrails(false, List.of());

    private static final int ERROR = 1;

    private final boolean judged;
    private final List<SlowThreshold> slow;

    private EpochGuardrails(boolean judged, List<SlowThreshold> slow) {
        if (slow.size() >= Byte.SIZE) {
            throw new IllegalArgumentException(
                    slow.size() + " thresholds of slowness: expected at most " + (Byte.SIZE - 1));
        }
        this.judged = judged;
        this.slow = slow;
    }

    static EpochGuardrails of(RouteSnapshot route) {
        return route.rolloutId().isPresent() ? of(route.slow()) : NONE;
    }

    static EpochGuardrails of(List<SlowThreshold> slow) {
        return new EpochGuardrails(true, List.copyOf(slow));
    }

    /** Returns whether a rollout asks for the units of this epoch. */
    boolean isJudged() {
        return judged;
    }

    /** Returns the number of guardrails, errors among them. */
    int size() {
        return 1 + slow.size();
    }

    byte mask(Arm arm, Outcome outcome, int totalMicros) {
        if (!outcome.isOk()) {
            return (byte) ((1 << size()) - 1);
        }
        int mask = 0;
        for (int i = 0; i < slow.size(); i++) {
            mask |= totalMicros > limit(arm, slow.get(i)) ? ERROR << (i + 1) : 0;
        }
        return (byte) mask;
    }

    private static long limit(Arm arm, SlowThreshold threshold) {
        return switch (arm) {
            case CHAMPION -> threshold.championMicros();
            case CANDIDATE -> threshold.candidateMicros();
        };
    }
}
