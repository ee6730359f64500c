package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import java.util.List;

/**
 * How a candidate gets in.
 *
 * @param name for people
 * @param steps weights below 100 %, strictly rising
 * @param promoteApproval whether a person must approve the promotion that follows the last step
 * @param guardrails what must be SAFE before each move; the first is the one on errors
 * @param alpha chance that a candidate within its margins is rolled back
 * @param beta chance that a candidate at a tolerance is called SAFE in a step
 */
public record RolloutPlan(
        String name,
        List<PlanStep> steps,
        boolean promoteApproval,
        List<Guardrail> guardrails,
        double alpha,
        double beta) {
    public RolloutPlan {
        steps = List.copyOf(steps);
        guardrails = List.copyOf(guardrails);
        if (steps.isEmpty()) {
            throw TidegateException.invalid(
                    "plan '"
                            + name
                            + "' has no step below 100 %, where the champion could be compared");
        }
        for (int i = 1; i < steps.size(); i++) {
            double before = steps.get(i - 1).ramp().weight();
            double weight = steps.get(i).ramp().weight();
            if (weight <= before) {
                throw TidegateException.invalid(
                        "plan '"
                                + name
                                + "': step "
                                + (i + 1)
                                + " has weight "
                                + weight
                                + ", expected more than the step before, "
                                + before);
            }
        }
        if (guardrails.isEmpty()) {
            throw TidegateException.invalid("plan '" + name + "' has no guardrail");
        }
    }

    /** Returns what the statistics are asked. */
    public GatePlan gatePlan() {
        return new GatePlan(guardrails, alpha, beta, GatePlan.DEFAULT_SAMPLE_RATIO_ALPHA);
    }

    /** Returns whether entering what follows the given step needs a person. */
    boolean needsApprovalAfter(int step) {
        return isLast(step) ? promoteApproval : steps.get(step + 1).approval();
    }

    boolean isLast(int step) {
        return step == steps.size() - 1;
    }
}
