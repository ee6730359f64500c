package dev.tidegate.workbench.rollout;

import java.time.Instant;
import java.util.List;

/** One folded second of a rollout's evidence. */
public record EvidencePoint(
        Instant at,
        double weight,
        long candidateUnits,
        List<Reading> guardrails,
        double splitSeen) {
    /** What one guardrail was in that second; the e-value as its natural logarithm. */
    public record Reading(
            String name, double difference, double low, double high, double logEValue) {}

    public EvidencePoint {
        guardrails = List.copyOf(guardrails);
    }
}
