package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import java.util.List;

/**
 * How a candidate gets in.
 *
 * @param name for people
 * @param steps weights below 100 %, strictly rising
 * @param end what follows the last step
 * @param cheaper whether the candidate's answers must cost less than the champion's
 * @param guardrails what must be SAFE before each move; the first, and no other, is on errors
 * @param alpha chance that a candidate within its margins is rolled back
 * @param beta chance that a candidate at a tolerance is called SAFE in a step
 */
public record RolloutPlan(
        String name,
        List<PlanStep> steps,
        PlanEnd end,
        boolean cheaper,
        List<Guardrail> guardrails,
        double alpha,
        double beta) {
    public RolloutPlan {
        steps = List.copyOf(steps);
        guardrails = List.copyOf(guardrails);
        if (steps.isEmpty()) {
            throw new PlanFault(
                    "steps", "there is no step below 100 %, where the champion could be compared");
        }
        if (steps.getFirst().approval()) {
            throw new PlanFault(
                    "steps[0].approval",
                    "the first step asks for an approval, but before it there is no evidence that"
                            + " could be approved; expected it on a later step, or on the promotion");
        }
        for (int i = 1; i < steps.size(); i++) {
            requireMore(i, steps.get(i - 1).ramp().weight(), steps.get(i).ramp().weight());
        }
        requireOneOnErrorsFirst(guardrails);
        requireJudgeable(guardrails, alpha, beta);
    }

    private static void requireMore(int step, double before, double weight) {
        if (weight <= before) {
            throw new PlanFault(
                    "steps[" + step + "].weight",
                    "step %d has weight %s, expected more than the step before, %s"
                            .formatted(step + 1, Shares.percent(weight), Shares.percent(before)));
        }
    }

    /** Evidence counts errors in the first place, and then each threshold of slowness. */
    private static void requireOneOnErrorsFirst(List<Guardrail> guardrails) {
        List<Boolean> onErrors =
                guardrails.stream().map(g -> g.kind() instanceof GuardrailKind.Errors).toList();
        if (onErrors.indexOf(true) != 0 || onErrors.lastIndexOf(true) != 0) {
            throw new PlanFault(
                    "guardrails",
                    "the guardrails are %s; expected exactly one on errors, the first of them"
                            .formatted(guardrails.stream().map(Guardrail::name).toList()));
        }
    }

    private static void requireJudgeable(List<Guardrail> guardrails, double alpha, double beta) {
        try {
            new GatePlan(guardrails, alpha, beta, GatePlan.DEFAULT_SAMPLE_RATIO_ALPHA);
        } catch (IllegalArgumentException e) {
            throw new PlanFault("guardrails", String.valueOf(e.getMessage()));
        }
    }

    /** Returns what the statistics are asked. */
    public GatePlan gatePlan() {
        return new GatePlan(guardrails, alpha, beta, GatePlan.DEFAULT_SAMPLE_RATIO_ALPHA);
    }

    /** Returns whether entering what follows the given step needs a person. */
    boolean needsApprovalAfter(int step) {
        return isLast(step) ? end == PlanEnd.PROMOTE_WHEN_APPROVED : steps.get(step + 1).approval();
    }

    /** Returns whether the given step is the last, whose weight stays. */
    boolean holdsAt(int step) {
        return isLast(step) && end == PlanEnd.HOLD;
    }

    boolean isLast(int step) {
        return step == steps.size() - 1;
    }
}
