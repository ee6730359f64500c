package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatePlanTest {
    private static final Guardrail ERRORS =
            new Guardrail("errors", new GuardrailKind.Errors(), Tolerance.absolute(0.01));

    @Test
    void givesErrorsSixTenthsOfAlphaAndTheRestInEqualParts() {
        GatePlan plan = new GatePlan(List.of(ERRORS, slow("p50", 0.5), slow("p95", 0.95)));
        assertThat(plan.alphaOf(0)).isCloseTo(0.03, within(1e-15));
        assertThat(plan.alphaOf(1)).isCloseTo(0.01, within(1e-15));
        assertThat(plan.alphaOf(2)).isCloseTo(0.01, within(1e-15));
    }

    @Test
    void spendsAllOfAlphaOnTheOnlyKindThatIsThere() {
        assertThat(new GatePlan(List.of(ERRORS)).alphaOf(0)).isEqualTo(0.05);
        GatePlan slow = new GatePlan(List.of(slow("p95", 0.95), slow("p99", 0.99)));
        assertThat(slow.alphaOf(0) + slow.alphaOf(1)).isCloseTo(0.05, within(1e-15));
    }

    @Test
    void asksOnlyFirstRequestsForQuantilesBelowTheNinetieth() {
        assertThat(slow("p50", 0.5).kind().firstRequestOnly()).isTrue();
        assertThat(slow("p89", 0.89).kind().firstRequestOnly()).isTrue();
        assertThat(slow("p90", 0.9).kind().firstRequestOnly()).isFalse();
        assertThat(ERRORS.kind().firstRequestOnly()).isFalse();
    }

    @Test
    void refusesWhatCannotBeTested() {
        assertThatThrownBy(() -> new GatePlan(List.of())).hasMessageContaining("0 guardrails");
        assertThatThrownBy(() -> new GatePlan(Collections.nCopies(9, ERRORS)))
                .hasMessageContaining("9 guardrails");
        assertThatThrownBy(() -> new GatePlan(List.of(ERRORS, ERRORS)))
                .hasMessageContaining("one name");
        assertThatThrownBy(() -> new GatePlan(List.of(ERRORS), 0, 0.05, 0.001))
                .hasMessageContaining("alpha 0.0");
        assertThatThrownBy(() -> new GatePlan(List.of(ERRORS), 0.05, Double.NaN, 0.001))
                .hasMessageContaining("beta NaN");
        assertThatThrownBy(() -> Tolerance.absolute(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Tolerance(0.01, -1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> slow("p", 1)).hasMessageContaining("quantile 1.0");
        assertThatThrownBy(() -> new GuardrailKind.Slow(0.5, Duration.ofMillis(-1)))
                .hasMessageContaining("margin");
    }

    private static Guardrail slow(String name, double quantile) {
        return new Guardrail(
                name,
                new GuardrailKind.Slow(quantile, Duration.ofMillis(20)),
                Tolerance.absolute(0.02));
    }
}
