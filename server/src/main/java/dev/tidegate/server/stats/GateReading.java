package dev.tidegate.server.stats;

import java.util.List;

/**
 * The whole evidence of a rollout at one fold position.
 *
 * @param standing the verdicts
 * @param guardrails one reading each, in the plan's order
 * @param split the sample-ratio test
 * @param harm expected extra events by guardrail, in the plan's order
 * @param sampleShare share of the units that the evidence rests on, 1 until a rollout sees a
 *     million of them
 * @param beta each bound holds at confidence 1 − beta
 */
public record GateReading(
        GateStanding standing,
        List<Reading> guardrails,
        SplitReading split,
        List<HarmReading> harm,
        double sampleShare,
        double beta) {
    public GateReading {
        guardrails = List.copyOf(guardrails);
        harm = List.copyOf(harm);
    }

    /** Returns the same numbers with every verdict but HARMFUL, which stays, taken back. */
    public GateReading unjudged(Insufficiency why) {
        return new GateReading(
                standing.unjudged(why),
                guardrails.stream().map(reading -> reading.unjudged(why)).toList(),
                split,
                harm,
                sampleShare,
                beta);
    }
}
