package dev.tidegate.workbench.rollout;

import java.time.Duration;
import java.util.List;

/** What a rollout must do and show on its way. */
public record Plan(String name, String digest, List<Step> steps, List<Rule> guardrails) {
    /**
     * One step.
     *
     * @param weight the candidate's share, from 0 to 1; 1 is the promotion
     * @param approval whether a person must approve before the weight is entered
     * @param hold whether the weight of the step before stays, as nothing follows
     */
    public record Step(
            double weight,
            Duration minimumTime,
            long minimumUnits,
            boolean approval,
            boolean promote,
            boolean hold) {}

    /**
     * One guardrail.
     *
     * @param margin added to the champion's threshold, for slow answers
     */
    public record Rule(
            String name, String metric, double quantile, Duration margin, double tolerance) {}

    public Plan {
        steps = List.copyOf(steps);
        guardrails = List.copyOf(guardrails);
    }
}
