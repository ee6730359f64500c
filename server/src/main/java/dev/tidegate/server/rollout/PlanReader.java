package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a document into a plan, naming what does not fit, and back. */
final class PlanReader {
    private static final String ERRORS = "errors";
    private static final String SLOW = "slow";

    private PlanReader() {}

    static RolloutPlan plan(PlanDocument document) {
        List<PlanDocument.Step> steps = orEmpty(document.steps());
        if (steps.isEmpty() || !Boolean.TRUE.equals(steps.getLast().promote())) {
            throw TidegateException.invalid(
                    "the plan's last step is not 'promote: true'; expected it after the steps with weights");
        }
        List<PlanStep> ramp =
                IntStream.range(0, steps.size() - 1)
                        .mapToObj(i -> step(i + 1, steps.get(i)))
                        .toList();
        return new RolloutPlan(
                document.name() == null ? "unnamed" : document.name(),
                ramp,
                Boolean.TRUE.equals(steps.getLast().approval()),
                orEmpty(document.guardrails()).stream().map(PlanReader::guardrail).toList(),
                probability("alpha", document.alpha(), GatePlan.DEFAULT_ALPHA),
                probability("beta", document.beta(), GatePlan.DEFAULT_BETA));
    }

    private static PlanStep step(int number, PlanDocument.Step step) {
        if (step.weight() == null || Boolean.TRUE.equals(step.promote())) {
            throw TidegateException.invalid(
                    "step "
                            + number
                            + " of the plan has no weight; expected for example 'weight: 5%'");
        }
        double weight = PlanUnits.weight("weight of step " + number, step.weight());
        Duration time =
                step.minimumTime() == null
                        ? Duration.ZERO
                        : PlanUnits.duration("minimum-time of step " + number, step.minimumTime());
        long units = step.minimumUnits() == null ? 0 : step.minimumUnits();
        try {
            return new PlanStep(
                    new RampStep(weight, time, units), Boolean.TRUE.equals(step.approval()));
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid("step " + number + " of the plan: " + e.getMessage());
        }
    }

    private static Guardrail guardrail(PlanDocument.Rail rail) {
        String metric = String.valueOf(rail.metric());
        String name = rail.name() == null ? metric : rail.name();
        try {
            return new Guardrail(name, kind(name, metric, rail), tolerance(name, rail));
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid("guardrail '" + name + "': " + e.getMessage());
        }
    }

    private static GuardrailKind kind(String name, String metric, PlanDocument.Rail rail) {
        return switch (metric) {
            case ERRORS -> new GuardrailKind.Errors();
            case SLOW ->
                    new GuardrailKind.Slow(
                            required(name, "quantile", rail.quantile()),
                            PlanUnits.duration(
                                    "margin of guardrail '" + name + "'",
                                    rail.margin() == null ? "0ms" : rail.margin()));
            default ->
                    throw TidegateException.invalid(
                            "guardrail '"
                                    + name
                                    + "' is on metric '"
                                    + metric
                                    + "'; expected errors or slow");
        };
    }

    private static Tolerance tolerance(String name, PlanDocument.Rail rail) {
        Double relative = rail.relativeTolerance();
        return new Tolerance(
                required(name, "tolerance", rail.tolerance()), relative == null ? 0 : relative);
    }

    private static double required(String guardrail, String field, @Nullable Double value) {
        if (value == null) {
            throw TidegateException.invalid("guardrail '" + guardrail + "' has no " + field);
        }
        return value;
    }

    private static double probability(String field, @Nullable Double value, double otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!(value > 0 && value < 1)) {
            throw TidegateException.invalid(
                    "the plan's " + field + " is " + value + ", expected one within (0, 1)");
        }
        return value;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static PlanDocument document(RolloutPlan plan) {
        List<PlanDocument.Step> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            steps.add(
                    new PlanDocument.Step(
                            Double.toString(step.ramp().weight()),
                            null,
                            step.ramp().minimumTime().toMillis() + "ms",
                            step.ramp().minimumUnits(),
                            step.approval()));
        }
        steps.add(new PlanDocument.Step(null, true, null, null, plan.promoteApproval()));
        return new PlanDocument(
                plan.name(),
                plan.alpha(),
                plan.beta(),
                steps,
                plan.guardrails().stream().map(PlanReader::rail).toList());
    }

    private static PlanDocument.Rail rail(Guardrail guardrail) {
        Tolerance tolerance = guardrail.tolerance();
        return switch (guardrail.kind()) {
            case GuardrailKind.Errors() ->
                    new PlanDocument.Rail(
                            guardrail.name(),
                            ERRORS,
                            null,
                            null,
                            tolerance.absolute(),
                            tolerance.relative());
            case GuardrailKind.Slow(double quantile, Duration margin) ->
                    new PlanDocument.Rail(
                            guardrail.name(),
                            SLOW,
                            quantile,
                            margin.toMillis() + "ms",
                            tolerance.absolute(),
                            tolerance.relative());
        };
    }
}
