package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.evidence.WrittenEvidence.ArmPart;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrafficForecastTest {
    @TempDir private Path home;
    private RolloutHarness rollouts;
    private RegisteredVersion champion;

    @BeforeEach
    void start() {
        rollouts = new RolloutHarness(home);
        champion = rollouts.register("1", TestGraph.plus(1), ModelRegistry.CHAMPION);
    }

    @AfterEach
    void stop() {
        rollouts.close();
    }

    @Test
    void warnsWhenTheTrafficIsUnknown() {
        Forecast forecast = forecast(plan("50%", "0.01"));

        assertThat(forecast.text()).isEmpty();
        assertThat(forecast.warnings())
                .singleElement()
                .asString()
                .contains(
                        "model 'm' had no request in the last minute",
                        "plan 'some' takes is unknown");
    }

    @Test
    void saysHowLongEachStepTakesAtTodaysTraffic() {
        traffic(0);

        assertThat(forecast(plan("50%", "0.01")).text())
                .matches(
                        "at today's 100 requests/s plan 'some' takes at least .*:"
                                + " 50 % with [0-9,]+ units of the candidate in [0-9.]+ (s|min).*");
        assertThat(units(plan("50%", "0.01"))).isBetween(200L, 3_000L);
        assertThat(units(plan("50%", "0.001"))).isGreaterThan(5 * units(plan("50%", "0.01")));
    }

    @Test
    void needsMoreUnitsWhereTheChampionFailsToo() {
        traffic(0);
        long calm = units(plan("50%", "0.01"));
        traffic(30);

        assertThat(units(plan("50%", "0.01"))).isGreaterThan(2 * calm);
    }

    @Test
    void refusesAToleranceThatNoTrafficShows() {
        traffic(30);

        assertThatThrownBy(() -> forecast(plan("50%", "0.0000001")))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("guardrail 'errors' has tolerance 1.0E-7")
                .hasMessageContaining("expected a larger one");
    }

    private long units(RolloutPlan plan) {
        String text = forecast(plan).text();
        return Long.parseLong(text.replaceAll(".* with ([0-9,]+) units.*", "$1").replace(",", ""));
    }

    private Forecast forecast(RolloutPlan plan) {
        return rollouts.context.getBean(TrafficForecast.class).of("m", plan);
    }

    private static RolloutPlan plan(String weight, String tolerance) {
        return PlanFormat.parseYaml(
                "name: some\nsteps: [{weight: %s}, {promote: true}]\nguardrails: [{metric: errors, tolerance: %s}]"
                        .formatted(weight, tolerance));
    }

    private void traffic(int failing) {
        rollouts.evidence.secondOf(
                new ArmPart(champion.modelId(), 1, 1, champion.id(), 1, 100, failing));
    }
}
