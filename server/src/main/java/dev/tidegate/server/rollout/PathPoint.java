package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GateReading;
import java.time.Instant;
import java.util.List;

/** One folded second on the path of the evidence. */
record PathPoint(
        Instant at,
        long foldPosition,
        int step,
        double weight,
        long championUnits,
        long candidateUnits,
        double splitSeen,
        List<Guardrail> guardrails) {
    PathPoint {
        guardrails = List.copyOf(guardrails);
    }

    /** Returns the verdicts as {@code name=verdict}, in the plan's order. */
    List<String> verdicts() {
        return guardrails.stream()
                .map(guardrail -> guardrail.name() + "=" + guardrail.verdict())
                .toList();
    }

    static PathPoint of(Rollout rollout, Instant at, long position, GateReading reading) {
        return new PathPoint(
                at,
                position,
                rollout.step(),
                rollout.weight(),
                reading.split().units() - reading.split().candidateUnits(),
                reading.split().candidateUnits(),
                reading.split().seen(),
                reading.guardrails().stream()
                        .map(
                                r ->
                                        new Guardrail(
                                                r.name(),
                                                r.difference(),
                                                r.low(),
                                                r.high(),
                                                r.logE(),
                                                r.verdict().name()))
                        .toList());
    }

    /** One guardrail there. */
    record Guardrail(
            String name, double difference, double low, double high, double logE, String verdict) {}
}
