package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.theme.Tone;

/**
 * What another weight would have meant in the present step: the difference of the arms' rates, with
 * its interval, times the units that would have been the candidate's. Evidence that is not
 * sufficient gives no number.
 *
 * @param words the answer in one sentence
 * @param origin what it rests on
 */
record WhatIf(Tone tone, String words, String origin) {
    /** The weight is from 0 to 1. */
    static WhatIf of(Rollout rollout, Guardrail guardrail, double weight) {
        Estimate difference = guardrail.difference();
        if (difference.isEmpty()) {
            return new WhatIf(Tone.UNKNOWN, "No evidence in this step yet", "0 units");
        }
        if (guardrail.verdict() == Verdict.INSUFFICIENT) {
            return new WhatIf(
                    Tone.UNKNOWN,
                    "Insufficient evidence: " + guardrail.reason(),
                    "No number is given while the evidence cannot be judged");
        }
        double units = weight * (guardrail.champion().n() + guardrail.candidate().n());
        return new WhatIf(
                Tone.CALM,
                "Had %s had %s since %s: expected extra %s %s [%s, %s]"
                        .formatted(
                                rollout.candidate(),
                                Figures.percent(weight),
                                Times.clock(rollout.stepEnteredAt(), rollout.asOf()),
                                events(rollout, guardrail),
                                Figures.plain(units * difference.value()),
                                Figures.plain(units * difference.low()),
                                Figures.plain(units * difference.high())),
                difference.origin(Figures::points)
                        + "\n× "
                        + Figures.count(Math.round(units))
                        + " units: "
                        + Figures.percent(weight)
                        + " of those seen on both arms in this step, each counted once");
    }

    private static String events(Rollout rollout, Guardrail guardrail) {
        boolean slow =
                rollout.plan().guardrails().stream()
                        .anyMatch(
                                rule ->
                                        rule.name().equals(guardrail.name())
                                                && rule.metric().equals("slow"));
        return slow ? "slow answers" : guardrail.name();
    }
}
