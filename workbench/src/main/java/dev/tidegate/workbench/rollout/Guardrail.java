package dev.tidegate.workbench.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The gate's present reading of one guardrail.
 *
 * @param needed candidate's units still needed, if that can be said
 * @param eta until they are there at the present traffic, if that can be said
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
        long candidateEvents) {}
