package dev.tidegate.server.rollout;

import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a document into a plan, naming what does not fit, and back. */
final class PlanReader {
    private static final String ERRORS = "errors";
    private static final String SLOW = "slow";

    private PlanReader() {}

    static RolloutPlan plan(PlanDocument document) {
        List<PlanDocument.Step> steps = items("steps", document.steps());
        PlanEnd end = end(steps);
        List<PlanStep> ramp =
                IntStream.range(0, steps.size() - 1)
                        .mapToObj(i -> step(i + 1, steps.get(i)))
                        .toList();
        return new RolloutPlan(
                document.name() == null ? "unnamed" : document.name(),
                ramp,
                end,
                Boolean.TRUE.equals(document.cheaper()),
                guardrails(items("guardrails", document.guardrails())),
                probability("alpha", document.alpha(), GatePlan.DEFAULT_ALPHA),
                probability("beta", document.beta(), GatePlan.DEFAULT_BETA));
    }

    private static PlanEnd end(List<PlanDocument.Step> steps) {
        String place = "steps[" + (steps.size() - 1) + "]";
        boolean promote = !steps.isEmpty() && Boolean.TRUE.equals(steps.getLast().promote());
        boolean hold = !steps.isEmpty() && Boolean.TRUE.equals(steps.getLast().hold());
        if (promote == hold) {
            throw new PlanFault(
                    place,
                    promote
                            ? "the last step is 'promote: true' and 'hold: true'; expected one of them"
                            : "the last step is neither 'promote: true' nor 'hold: true'; expected one of them after the steps with weights");
        }
        boolean approval = Boolean.TRUE.equals(steps.getLast().approval());
        if (hold && approval) {
            throw new PlanFault(
                    place + ".approval",
                    "the last step holds and asks for an approval, but nothing follows it; expected the approval on a step with a weight");
        }
        return hold ? PlanEnd.HOLD : approval ? PlanEnd.PROMOTE_WHEN_APPROVED : PlanEnd.PROMOTE;
    }

    private static PlanStep step(int number, PlanDocument.Step step) {
        String place = "steps[" + (number - 1) + "]";
        String share = step.weight();
        if (share == null
                || Boolean.TRUE.equals(step.promote())
                || Boolean.TRUE.equals(step.hold())) {
            throw new PlanFault(
                    place, "step " + number + " has no weight; expected for example 'weight: 5%'");
        }
        double weight =
                at(place + ".weight", () -> PlanUnits.weight("weight of step " + number, share));
        String minimum = step.minimumTime();
        Duration time =
                at(
                        place + ".minimum-time",
                        () ->
                                PlanUnits.duration(
                                        "minimum-time of step " + number,
                                        minimum == null ? "0ms" : minimum));
        long units = step.minimumUnits() == null ? 0 : step.minimumUnits();
        return at(
                place,
                () ->
                        new PlanStep(
                                new RampStep(weight, time, units),
                                Boolean.TRUE.equals(step.approval())));
    }

    private static List<Guardrail> guardrails(List<PlanDocument.Rail> rails) {
        return IntStream.range(0, rails.size())
                .mapToObj(i -> at("guardrails[" + i + "]", () -> guardrail(rails.get(i))))
                .toList();
    }

    private static Guardrail guardrail(PlanDocument.Rail rail) {
        String metric = String.valueOf(rail.metric());
        String name = rail.name() == null ? metric : rail.name();
        try {
            return new Guardrail(name, kind(metric, rail), tolerance(rail));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("guardrail '" + name + "': " + e.getMessage(), e);
        }
    }

    /** Says of a fault where it is. */
    private static <T> T at(String place, Supplier<T> part) {
        try {
            return part.get();
        } catch (PlanFault e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PlanFault(place, String.valueOf(e.getMessage()));
        }
    }

    private static GuardrailKind kind(String metric, PlanDocument.Rail rail) {
        return switch (metric) {
            case ERRORS -> new GuardrailKind.Errors();
            case SLOW ->
                    new GuardrailKind.Slow(
                            required("quantile", rail.quantile()),
                            PlanUnits.duration(
                                    "margin", rail.margin() == null ? "0ms" : rail.margin()));
            default ->
                    throw new IllegalArgumentException(
                            "metric is '" + metric + "', expected errors or slow");
        };
    }

    private static Tolerance tolerance(PlanDocument.Rail rail) {
        Double relative = rail.relativeTolerance();
        return new Tolerance(
                required("tolerance", rail.tolerance()), relative == null ? 0 : relative);
    }

    private static double required(String field, @Nullable Double value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return value;
    }

    private static double probability(String field, @Nullable Double value, double otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!(value > 0 && value < 1)) {
            throw new PlanFault(field, field + " is " + value + ", expected one within (0, 1)");
        }
        return value;
    }

    /** Returns a list's items; YAML has empty ones. */
    private static <T> List<T> items(String field, @Nullable List<T> list) {
        List<T> items = list == null ? List.of() : list;
        IntStream.range(0, items.size())
                .filter(i -> Objects.isNull(items.get(i)))
                .mapToObj(i -> field + "[" + i + "]")
                .findFirst()
                .ifPresent(
                        place -> {
                            throw new PlanFault(
                                    place, place + " is empty; expected fields with values");
                        });
        return items;
    }

    static PlanDocument document(RolloutPlan plan) {
        List<PlanDocument.Step> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            steps.add(
                    new PlanDocument.Step(
                            Double.toString(step.ramp().weight()),
                            null,
                            null,
                            step.ramp().minimumTime().toMillis() + "ms",
                            step.ramp().minimumUnits(),
                            step.approval()));
        }
        steps.add(end(plan.end()));
        return new PlanDocument(
                plan.name(),
                plan.alpha(),
                plan.beta(),
                plan.cheaper() ? true : null,
                steps,
                plan.guardrails().stream().map(PlanReader::rail).toList());
    }

    private static PlanDocument.Step end(PlanEnd end) {
        return switch (end) {
            case PROMOTE -> new PlanDocument.Step(null, true, null, null, null, false);
            case PROMOTE_WHEN_APPROVED -> new PlanDocument.Step(null, true, null, null, null, true);
            case HOLD -> new PlanDocument.Step(null, null, true, null, null, null);
        };
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
