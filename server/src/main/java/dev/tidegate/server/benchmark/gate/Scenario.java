package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.rollout.RampStep;
import dev.tidegate.server.stats.GatePlan;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A question to the gate with the answer that it must give.
 *
 * @param name what the printed row says
 * @param world what is true
 * @param plan the gate's plan, all guardrails
 * @param steps the ramp
 * @param deadline when a run ends undecided
 * @param runs rollouts to simulate
 * @param hit what is counted
 * @param limit share of hits allowed or demanded
 */
record Scenario(
        String name,
        World world,
        GatePlan plan,
        List<RampStep> steps,
        Duration deadline,
        int runs,
        Predicate<RunOutcome> hit,
        Limit limit) {

    /** A bound on the share of hits. */
    sealed interface Limit {
        record AtMost(double share) implements Limit {}

        record AtLeast(double share) implements Limit {}

        /** Nothing is promised; the share is printed for information. */
        record Open() implements Limit {}
    }
}
