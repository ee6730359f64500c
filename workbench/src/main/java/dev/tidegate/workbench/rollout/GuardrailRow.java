package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.theme.Tone;
import java.util.Optional;

/**
 * One line of the guardrail table, ready to be shown.
 *
 * @param detail what counts as an event
 * @param origin what the difference rests on; {@code championOrigin} and {@code candidateOrigin}:
 *     the same for the arms' rates
 */
record GuardrailRow(
        String name,
        String detail,
        String champion,
        String candidate,
        String difference,
        String interval,
        String tolerance,
        Tone tone,
        String verdict,
        String n,
        String needed,
        String eta,
        String reason,
        String origin,
        String championOrigin,
        String candidateOrigin) {

    private static final String NO_EVIDENCE = "No evidence yet: 0 units";

    static GuardrailRow of(Guardrail guardrail, Plan plan) {
        Estimate difference = guardrail.difference();
        boolean known = !difference.isEmpty();
        return new GuardrailRow(
                guardrail.name(),
                detail(guardrail, rule(plan, guardrail.name())),
                share(guardrail.champion()),
                share(guardrail.candidate()),
                known ? Figures.points(difference.value()) : Figures.NONE,
                known ? difference.interval(value -> Figures.signed(100 * value)) : "",
                Figures.points(guardrail.tolerance()),
                guardrail.verdict().tone(),
                guardrail.verdict().word(),
                Figures.count(guardrail.candidate().n()),
                needed(guardrail),
                eta(guardrail),
                guardrail.reason(),
                known ? difference.origin(Figures::points) : NO_EVIDENCE,
                origin(guardrail.champion(), guardrail.championEvents()),
                origin(guardrail.candidate(), guardrail.candidateEvents()));
    }

    private static String origin(Estimate rate, long events) {
        return rate.isEmpty()
                ? NO_EVIDENCE
                : rate.origin(Figures::percent)
                        + "\n"
                        + Figures.counted(events, "event", "events")
                        + " in all";
    }

    private static Optional<Plan.Rule> rule(Plan plan, String name) {
        return plan.guardrails().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private static String detail(Guardrail guardrail, Optional<Plan.Rule> rule) {
        if (guardrail.candidateThreshold().isPresent()
                && guardrail.championThreshold().isPresent()) {
            return "slower than "
                    + Figures.millisNumber(guardrail.championThreshold().get().toNanos() / 1000.0)
                    + " / "
                    + Figures.millis(guardrail.candidateThreshold().get());
        }
        return rule.filter(found -> found.metric().equals("slow"))
                .map(
                        found ->
                                "p"
                                        + Math.round(100 * found.quantile())
                                        + " + "
                                        + Figures.millis(found.margin()))
                .orElse("failed requests");
    }

    private static String share(Estimate estimate) {
        return estimate.isEmpty() ? Figures.NONE : Figures.percent(estimate.value());
    }

    static String needed(Guardrail guardrail) {
        if (isDecided(guardrail)) {
            return "none";
        }
        return guardrail.needed().isEmpty()
                ? Figures.NONE
                : "≈ " + Figures.count(guardrail.needed().getAsLong());
    }

    private static String eta(Guardrail guardrail) {
        return isDecided(guardrail) || guardrail.needed().isEmpty()
                ? ""
                : guardrail.eta().map(eta -> "about " + Figures.about(eta)).orElse("");
    }

    private static boolean isDecided(Guardrail guardrail) {
        return guardrail.verdict() == Verdict.SAFE || guardrail.verdict() == Verdict.HARMFUL;
    }
}
