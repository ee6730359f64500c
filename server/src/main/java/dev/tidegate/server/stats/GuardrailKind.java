package dev.tidegate.server.stats;

import java.time.Duration;

/** What makes a request an event of a guardrail. */
public sealed interface GuardrailKind {

    /**
     * Returns whether only a unit's first request in a step may be its event: for events so
     * frequent that every unit has one.
     */
    boolean firstRequestOnly();

    /** A request that its arm did not answer well. */
    record Errors() implements GuardrailKind {
        @Override
        public boolean firstRequestOnly() {
            return false;
        }
    }

    /**
     * A request slower than the champion's quantile was before the rollout, for the candidate with
     * a margin on top; a failed one is infinitely slow.
     *
     * @param quantile in (0, 1)
     * @param margin what the candidate may be slower, at least zero
     */
    record Slow(double quantile, Duration margin) implements GuardrailKind {
        private static final double FREQUENT_BELOW = 0.9;

        public Slow {
            if (!(quantile > 0 && quantile < 1)) {
                throw new IllegalArgumentException(
                        "quantile " + quantile + ", expected one within (0, 1)");
            }
            if (margin.isNegative()) {
                throw new IllegalArgumentException(
                        "margin " + margin.toMillis() + " ms, expected none below zero");
            }
        }

        @Override
        public boolean firstRequestOnly() {
            return quantile < FREQUENT_BELOW;
        }
    }
}
