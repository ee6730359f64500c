package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.rollout.RampDecision.Advance;
import dev.tidegate.server.rollout.RampDecision.RollBack;
import dev.tidegate.server.rollout.RampDecision.Stay;
import dev.tidegate.server.rollout.RampDecision.Waiting;
import dev.tidegate.server.stats.GateStanding;
import dev.tidegate.server.stats.Insufficiency;
import dev.tidegate.server.stats.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides on one step of a rollout: back as soon as one guardrail is HARMFUL, on as soon as all are
 * SAFE and the step's minima are met, else stay. Evidence that cannot be judged never moves
 * anything on.
 */
public final class StepPolicy {

    /**
     * Returns what to do now.
     *
     * @param elapsed time since the step began, when its route was written
     */
    public RampDecision decide(RampStep step, Duration elapsed, GateStanding standing) {
        if (standing.verdicts().contains(Verdict.HARMFUL)) {
            return new RollBack("harmful: " + named(standing, Verdict.HARMFUL));
        }
        if (!standing.insufficiencies().isEmpty()) {
            return new Stay(Waiting.SUFFICIENT_EVIDENCE, details(standing.insufficiencies()));
        }
        if (elapsed.compareTo(step.minimumTime()) < 0) {
            return new Stay(
                    Waiting.MINIMUM_TIME,
                    "the step began "
                            + ReadableTime.of(elapsed)
                            + " ago, expected at least "
                            + ReadableTime.of(step.minimumTime()));
        }
        if (standing.candidateUnits() < step.minimumUnits()) {
            return new Stay(
                    Waiting.MINIMUM_UNITS,
                    standing.candidateUnits()
                            + " units of the candidate of at least "
                            + step.minimumUnits());
        }
        return onEvidence(standing);
    }

    private static RampDecision onEvidence(GateStanding standing) {
        boolean safe = standing.verdicts().stream().allMatch(verdict -> verdict == Verdict.SAFE);
        return safe
                ? new Advance("all guardrails are safe: " + named(standing, Verdict.SAFE))
                : new Stay(
                        Waiting.EVIDENCE,
                        "not safe yet: " + named(standing, Verdict.KEEP_COLLECTING));
    }

    private static String details(List<Insufficiency> insufficiencies) {
        return insufficiencies.stream().map(Insufficiency::text).collect(Collectors.joining("; "));
    }

    private static String named(GateStanding standing, Verdict verdict) {
        return IntStream.range(0, standing.verdicts().size())
                .filter(i -> standing.verdicts().get(i) == verdict)
                .mapToObj(standing.names()::get)
                .collect(Collectors.joining(", "));
    }
}
