package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * What a decision needs of the evidence, and no more.
 *
 * @param verdicts by guardrail, in the plan's order
 * @param names the guardrails' names, in the same order
 * @param candidateUnits units of the candidate in the present step
 * @param insufficiencies why the evidence cannot be judged, empty when it can
 */
public record GateStanding(
        List<Verdict> verdicts,
        List<String> names,
        long candidateUnits,
        List<Insufficiency> insufficiencies) {
    public GateStanding {
        verdicts = List.copyOf(verdicts);
        names = List.copyOf(names);
        insufficiencies = List.copyOf(insufficiencies);
        if (verdicts.isEmpty() || verdicts.size() != names.size()) {
            throw new IllegalArgumentException(
                    verdicts.size() + " verdicts for " + names + ", expected one for each");
        }
    }

    /** Returns the standing with every verdict but HARMFUL, which stays, taken back. */
    GateStanding unjudged(Insufficiency why) {
        List<Insufficiency> reasons = new ArrayList<>(insufficiencies);
        reasons.add(why);
        return new GateStanding(
                verdicts.stream().map(Verdict::unjudged).toList(), names, candidateUnits, reasons);
    }
}
