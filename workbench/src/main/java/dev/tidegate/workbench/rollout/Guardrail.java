package dev.tidegate.workbench.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The gate's present reading of one guardrail.
 *
 * @param needed candidate's units still needed, if that can be said
 * @param eta until they are there at the present traffic, if that can be said
 * @param alpha the rollback threshold's level; 0 while the server has not said it
 * @param championThreshold for slow answers: slower than this is an event on the champion
 * @param candidateThreshold the same on the candidate
 */
public record Guardrail(
        String name,
        Verdict verdict,
        String reason,
        Estimate champion,
        Estimate candidate,
        Estimate difference,
        double tolerance,
        OptionalLong needed,
        Optional<Duration> eta,
        double logEValue,
        double alpha,
        Optional<Duration> championThreshold,
        Optional<Duration> candidateThreshold,
        long championEvents,
        long candidateEvents) {
    private static final Estimate NONE = new Estimate(0, 0, 0, 0, 0, Duration.ZERO, "");

    /** What can be said of a guardrail of the plan before the server has read it in this step. */
    static Guardrail unread(Plan.Rule rule) {
        return new Guardrail(
                rule.name(),
                Verdict.INSUFFICIENT,
                "No evidence yet: 0 units",
                NONE,
                NONE,
                NONE,
                rule.tolerance(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                0);
    }
}
