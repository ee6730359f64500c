package dev.tidegate.server.stats;

import java.util.OptionalLong;

/**
 * Everything that a screen says of one guardrail.
 *
 * @param name the guardrail's name
 * @param verdict what the evidence says
 * @param reason why, in one sentence
 * @param champion the champion's rate in the present step
 * @param candidate the candidate's rate in the present step
 * @param difference candidate − champion, NaN without units on both
 * @param low its lower bound, at confidence 1 − β for this bound alone
 * @param high its upper bound, at confidence 1 − β for this bound alone; below the absolute
 *     tolerance exactly when SAFE
 * @param tolerance the tolerated difference at the champion's rate
 * @param logE natural logarithm of the e-value for harm, over the whole rollout
 * @param alpha HARMFUL once the e-value reaches 1/alpha
 * @param eventUnits units whose events the e-value rests on
 * @param eventUnitsOnCandidate how many of them were on the candidate
 * @param needed further candidate units until SAFE at the present rates; empty when none can be
 *     named
 */
public record Reading(
        String name,
        Verdict verdict,
        String reason,
        ArmRate champion,
        ArmRate candidate,
        double difference,
        double low,
        double high,
        double tolerance,
        double logE,
        double alpha,
        long eventUnits,
        long eventUnitsOnCandidate,
        OptionalLong needed) {

    /** Returns the same numbers, not judged, unless they were HARMFUL. */
    Reading unjudged(Insufficiency why) {
        if (verdict == Verdict.HARMFUL) {
            return this;
        }
        return new Reading(
                name,
                Verdict.INSUFFICIENT,
                why.text(),
                champion,
                candidate,
                difference,
                low,
                high,
                tolerance,
                logE,
                alpha,
                eventUnits,
                eventUnitsOnCandidate,
                needed);
    }
}
