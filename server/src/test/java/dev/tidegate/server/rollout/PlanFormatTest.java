package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "step 2 has weight 0.05, expected more than the step before, 0.5");
    }

    @Test
    void namesAnUnknownMetric() {
        refuses(
                "steps: [{weight: 5%}, {promote: true}]\n"
                        + "guardrails: [{name: g, metric: beauty, tolerance: 0.01}]",
                "guardrail 'g' is on metric 'beauty'; expected errors or slow");
    }

    @Test
    void namesAnUnknownField() {
        refuses("stepz: []", "stepz");
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

    private static void refuses(String yaml, String message) {
        assertThatThrownBy(() -> PlanFormat.parseYaml(yaml))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining(message);
    }
}
