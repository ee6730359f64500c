package dev.tidegate.server.routing;

/**
 * When an answer counts as slow, frozen when the rollout began.
 *
 * @param name the guardrail's
 * @param quantile of the champion's latency, 0 to 1
 * @param championMicros a champion's answer is slow above this
 * @param candidateMicros a candidate's answer is slow above this: champion's plus the margin
 */
public record SlowThreshold(
        String name, double quantile, long championMicros, long candidateMicros) {
    public SlowThreshold {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "quantile " + quantile + ", expected between 0 and 1");
        }
        if (championMicros < 0 || candidateMicros < championMicros) {
            throw new IllegalArgumentException(
                    "thresholds "
                            + championMicros
                            + " and "
                            + candidateMicros
                            + " µs, expected 0 ≤ first ≤ second");
        }
    }
}
