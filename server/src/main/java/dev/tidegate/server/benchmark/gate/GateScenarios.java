package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.benchmark.gate.Scenario.Limit;
import dev.tidegate.server.rollout.RampStep;
import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.Tolerance;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The questions that the gate is measured by. */
final class GateScenarios {
    private static final List<Double> BASE_RATES = List.of(0.0, 0.001, 0.01);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double PER_MINUTE = 1.0 / 60;
    private static final double NEVER = 1e-300; // an alpha at which nothing is called harmful

    private final Population zipf;
    private final Population alike;
    private final int runs;
    private final int powerRuns;

    GateScenarios(GateBenchmarkOptions options) {
        this.zipf = Population.zipf(60_000, 0.9, options.seed());
        this.alike = Population.zipf(100_000, 0, options.seed() + 1);
        this.runs = options.runs();
        this.powerRuns = options.powerRuns();
    }

    List<Scenario> all() {
        return List.of(
                equal(),
                equalForLong(),
                otherRows(),
                atTheTolerance(),
                atTheToleranceInOneStep(),
                twiceTheErrors(
                        "errors 1 % -> 2 %, 100 req/min an arm",
                        alike, RunOutcome::rolledBack, new Limit.AtLeast(0.93)),
                twiceTheErrors(
                        "the same, by the errors guardrail itself",
                        alike,
                        RunOutcome::errorsHarmful,
                        new Limit.AtLeast(0.93)),
                twiceTheErrors(
                        "the same, units by Zipf's law",
                        zipf,
                        RunOutcome::rolledBack,
                        new Limit.Open()),
                delayed());
    }

    private Scenario equal() {
        return new Scenario(
                "A/A, 5/25/50, rolled back",
                world(zipf, 20, 60, BASE_RATES, 0, false, 0, true),
                plan(Duration.ZERO, 0.03, GatePlan.DEFAULT_ALPHA),
                ramp(Duration.ofMinutes(1)),
                HOUR,
                runs,
                RunOutcome::rolledBack,
                new Limit.AtMost(GatePlan.DEFAULT_ALPHA));
    }

    private Scenario equalForLong() {
        return new Scenario(
                "A/A, 20 min a step, rolled back",
                world(zipf, 5, 15, BASE_RATES, 0, false, 0, true),
                plan(Duration.ZERO, 0.05, GatePlan.DEFAULT_ALPHA),
                ramp(Duration.ofMinutes(20)),
                HOUR.plusSeconds(1),
                powerRuns,
                RunOutcome::rolledBack,
                new Limit.AtMost(GatePlan.DEFAULT_ALPHA));
    }

    private Scenario otherRows() {
        return new Scenario(
                "equal failures on other rows, rolled back",
                world(zipf, 20, 60, List.of(0.001, 0.01, 0.03), 0, true, 0, true),
                plan(Duration.ZERO, 0.03, GatePlan.DEFAULT_ALPHA),
                ramp(Duration.ofMinutes(5)),
                HOUR,
                powerRuns,
                RunOutcome::rolledBack,
                new Limit.AtMost(GatePlan.DEFAULT_ALPHA));
    }

    private Scenario atTheTolerance() {
        return new Scenario(
                "at the tolerance of 3 points, ever SAFE",
                world(zipf, 20, 60, BASE_RATES, 0.03, false, 0, true),
                plan(Duration.ZERO, 0.03, NEVER),
                ramp(Duration.ofMinutes(1)),
                Duration.ofMinutes(10),
                runs,
                RunOutcome::errorsEverSafe,
                new Limit.AtMost(GatePlan.DEFAULT_BETA));
    }

    private Scenario atTheToleranceInOneStep() {
        return new Scenario(
                "at the tolerance of 1 point, 50:50, ever SAFE",
                world(alike, 5, 40, BASE_RATES, 0.01, false, 0, false),
                plan(Duration.ZERO, 0.01, NEVER),
                List.of(new RampStep(0.5, HOUR, 0)),
                Duration.ofMinutes(10),
                runs,
                RunOutcome::errorsEverSafe,
                new Limit.AtMost(GatePlan.DEFAULT_BETA));
    }

    private Scenario twiceTheErrors(
            String name, Population population, Predicate<RunOutcome> hit, Limit limit) {
        return new Scenario(
                name,
                world(
                        population,
                        200 * PER_MINUTE,
                        200 * PER_MINUTE,
                        List.of(0.01),
                        0.01,
                        false,
                        0,
                        false),
                plan(Duration.ofMillis(20), 0.01, GatePlan.DEFAULT_ALPHA),
                List.of(new RampStep(0.5, HOUR, 0)),
                HOUR,
                powerRuns,
                hit,
                limit);
    }

    private Scenario delayed() {
        return new Scenario(
                "+60 ms on 10 % of the requests",
                new World(zipf, 5, 40, BASE_RATES, 0, false, 0.1, 60, true),
                plan(Duration.ofMillis(20), 0.02, GatePlan.DEFAULT_ALPHA),
                ramp(Duration.ofMinutes(1)),
                HOUR,
                powerRuns,
                RunOutcome::rolledBack,
                new Limit.AtLeast(0.95));
    }

    private static World world(
            Population population,
            double slowest,
            double busiest,
            List<Double> rates,
            double extra,
            boolean otherRows,
            double delayedShare,
            boolean disturbed) {
        return new World(
                population, slowest, busiest, rates, extra, otherRows, delayedShare, 0, disturbed);
    }

    private static GatePlan plan(Duration margin, double errorTolerance, double alpha) {
        return new GatePlan(
                List.of(
                        new Guardrail(
                                "errors",
                                new GuardrailKind.Errors(),
                                Tolerance.absolute(errorTolerance)),
                        slow("p50", 0.5, margin, 0.12),
                        slow("p95", 0.95, margin, 0.06),
                        slow("p99", 0.99, margin, 0.03)),
                alpha,
                GatePlan.DEFAULT_BETA,
                GatePlan.DEFAULT_SAMPLE_RATIO_ALPHA);
    }

    private static Guardrail slow(String name, double quantile, Duration margin, double tolerance) {
        return new Guardrail(
                name, new GuardrailKind.Slow(quantile, margin), Tolerance.absolute(tolerance));
    }

    private static List<RampStep> ramp(Duration minimum) {
        return List.of(
                new RampStep(0.05, minimum, 100),
                new RampStep(0.25, minimum, 100),
                new RampStep(0.5, minimum, 100));
    }
}
