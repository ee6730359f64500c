package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFormatTest {
    @Test
    void readsBackWhatItWrote() {
        RolloutPlan plan = new BuiltInPlans().named("default");
        assertThat(PlanFormat.parseJson(PlanFormat.json(plan))).isEqualTo(plan);
        assertThat(PlanFormat.digest(plan)).matches("[0-9a-f]{64}");
    }

    @Test
    void namesAWeightThatGoesDown() {
        refuses(
                "steps: [{weight: 50%}, {weight: 5%}, {promote: true}]\n"
                        + "guardrails: [{metric: errors, tolerance: 0.01}]",
                "line 1 of the plan: step 2 has weight 5 %, expected more than the step before, 50 %");
    }

    @Test
    void namesAnUnknownMetric() {
        refuses(
                "steps: [{weight: 5%}, {promote: true}]\n"
                        + "guardrails: [{name: g, metric: beauty, tolerance: 0.01}]",
                "line 2 of the plan: guardrail 'g': metric is 'beauty', expected errors or slow");
    }

    @Test
    void namesAnUnknownField() {
        refuses(
                "name: x\nstepz: []",
                "line 2 of the plan: 'stepz' is unknown, expected one of [alpha, beta, cheaper, guardrails, name, steps]");
    }

    @Test
    void namesAnImpossibleAlpha() {
        refuses(
                "alpha: 1.5\nsteps: [{weight: 5%}, {promote: true}]\n"
                        + "guardrails: [{metric: errors, tolerance: 0.01}]",
                "alpha is 1.5");
    }

    @Test
    void wantsAPromotionAtTheEnd() {
        refuses("steps: [{weight: 5%}]", "promote: true");
        refuses("steps: [{weight: 5%}, {promote: true, hold: true}]", "expected one of them");
        refuses("steps: [{hold: true}, {promote: true}]", "step 1 has no weight");
    }

    @Test
    void keepsThatAPlanHoldsAtItsShareForACheaperVersion() {
        RolloutPlan plan =
                PlanFormat.parseYaml(
                        """
                        cheaper: true
                        steps: [{weight: 20%}, {hold: true}]
                        guardrails: [{metric: errors, tolerance: 0.01}]
                        """);
        assertThat(plan.end()).isEqualTo(PlanEnd.HOLD);
        assertThat(plan.cheaper()).isTrue();
        assertThat(PlanFormat.parseJson(PlanFormat.json(plan))).isEqualTo(plan);
        refuses(
                "steps: [{weight: 20%}, {hold: true, approval: true}]",
                "holds and asks for an approval");
    }

    @Test
    void writesAPlanThatPromotesAsItAlwaysWas() {
        RolloutPlan plan =
                PlanFormat.parseYaml(
                        """
                        steps: [{weight: 20%}, {promote: true}]
                        guardrails: [{metric: errors, tolerance: 0.01}]
                        """);
        assertThat(PlanFormat.json(plan))
                .contains("{\"promote\":true,\"approval\":false}")
                .doesNotContain("hold", "cheaper");
    }

    @Test
    void namesADurationItCannotRead() {
        refuses(
                "steps: [{weight: 5%, minimum-time: soon}, {promote: true}]",
                "minimum-time of step 1 is 'soon'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{metric: slow, quantile: 0.95, tolerance: 0.02}]",
                "[{metric: slow, quantile: 0.95, tolerance: 0.02}, {metric: errors, tolerance: 0.01}]",
                "[{metric: errors, tolerance: 0.01}, {name: more, metric: errors, tolerance: 0.02}]"
            })
    void wantsOneGuardrailOnErrorsAndThatFirst(String guardrails) {
        refuses(
                "steps: [{weight: 5%}, {promote: true}]\nguardrails: " + guardrails,
                "expected exactly one on errors, the first of them");
    }

    @Test
    void refusesTwoGuardrailsOfOneName() {
        refuses(
                "steps: [{weight: 5%}, {promote: true}]\nguardrails:"
                        + " [{metric: errors, tolerance: 0.01},"
                        + " {metric: slow, quantile: 0.5, tolerance: 0.02},"
                        + " {metric: slow, quantile: 0.95, tolerance: 0.02}]",
                "two guardrails of one name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weight: 1.0        | line 3 of the plan: weight 1.0 of a step, expected one within (0, 1)
                    weight: 0          | line 3 of the plan: weight 0.0 of a step, expected one within (0, 1)
                    weight: much       | line 3 of the plan: weight of step 1 is 'much', expected for example 5% or 0.05
                    minimum-time: -5m  | line 4 of the plan: minimum-time of step 1 is '-5m', expected
                    minimum-time: 367d | line 4 of the plan: minimum-time of step 1 is '367d', expected at most 366d
                    minimum-time: 999999999m | line 4 of the plan: minimum-time of step 1 is '999999999m', expected at most 366d
                    minimum-units: -1  | line 3 of the plan: minimum units -1, expected none below 0
                    minimum-units: few | line 4 of the plan: steps[0].minimum-units is 'few', expected a whole number
                    approval: maybe    | line 5 of the plan: steps[0].approval is 'maybe', expected true or false
                    approval: true     | line 5 of the plan: the first step asks for an approval, but before it there is no evidence
                    speed: 3           | line 4 of the plan: 'speed' is unknown, expected one of
                    tolerance: 1       | line 8 of the plan: guardrail 'errors': absolute tolerance 1.0, expected one within (0, 1)
                    tolerance: .nan    | line 8 of the plan: guardrail 'errors': absolute tolerance NaN, expected one within (0, 1)
                    metric: slow       | line 8 of the plan: guardrail 'slow': it has no quantile
                    """)
    void saysOnWhichLineThePlanIsWrong(String field, String message) {
        String name = field.substring(0, field.indexOf(':'));
        refuses(
                Stream.of(
                                "name: wrong",
                                "steps:",
                                "  - weight: 5%",
                                "    minimum-time: 1m",
                                "    approval: false",
                                "  - promote: true",
                                "guardrails:",
                                "  - metric: errors",
                                "    tolerance: 0.01")
                        .map(
                                line ->
                                        line.contains(name + ":")
                                                ? line.replaceFirst(name + ":.*", field)
                                                : line)
                        .map(line -> PlanFormatTest.with(line, name, field))
                        .collect(Collectors.joining("\n")),
                message);
    }

    /** Puts a field that is not in the plan below the first step's weight. */
    private static String with(String line, String name, String field) {
        return line.contains("weight: 5%") && List.of("minimum-units", "speed").contains(name)
                ? line + "\n    " + field
                : line;
    }

    @Test
    void refusesAStepAndAGuardrailWithoutContent() {
        refuses(
                "guardrails: [{metric: errors, tolerance: 0.01}]\nsteps:\n  - weight: 5%\n  -\n"
                        + "  - promote: true",
                "line 4 of the plan: steps[1] is empty; expected fields with values");
        refuses(
                "steps: [{weight: 5%}, {promote: true}]\nguardrails:\n"
                        + "  - {metric: errors, tolerance: 0.01}\n  - null",
                "line 4 of the plan: guardrails[1] is empty; expected fields with values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"366d", "527040m", "30d", "999999999ms", "0ms"})
    void keepsADurationOfUpToAYear(String time) {
        RolloutPlan plan =
                PlanFormat.parseYaml(
                        """
                        steps: [{weight: 5%%, minimum-time: %s}, {promote: true}]
                        guardrails:
                          - {metric: errors, tolerance: 0.01}
                          - {metric: slow, quantile: 0.95, margin: %s, tolerance: 0.01}
                        """
                                .formatted(time, time));
        assertThat(PlanFormat.parseJson(PlanFormat.json(plan))).isEqualTo(plan);
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        refuses("name: a\nname: b", "line 2 of the plan: found duplicate key name");
    }

    @Test
    void refusesAMarginOfMoreThanAYear() {
        refuses(
                """
                steps: [{weight: 5%}, {promote: true}]
                guardrails:
                  - {metric: errors, tolerance: 0.01}
                  - {metric: slow, quantile: 0.95, margin: 8785h, tolerance: 0.01}
                """,
                "line 4 of the plan: guardrail 'slow': margin is '8785h', expected at most 366d");
    }

    @Test
    void refusesAnEmptyPlanAndAliases() {
        refuses("# nothing", "it is empty");
        refuses("steps: &a [*a]", "line 1 is used twice by an alias");
    }

    private static void refuses(String yaml, String message) {
        assertThatThrownBy(() -> PlanFormat.parseYaml(yaml))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining(message);
    }
}
