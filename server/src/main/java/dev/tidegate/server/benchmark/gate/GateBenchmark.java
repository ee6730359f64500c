package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.benchmark.gate.Scenario.Limit;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Simulates rollouts through the shipped gate, statistics and step policy, with a look every
 * second, and prints how often they err and how often they find harm.
 *
 * <p>Every run has a random stream of its own, made from the seed, the scenario and the run's
 * number, so the table does not depend on the number of threads.
 */
public final class GateBenchmark {
    private static final int CHUNK = 25; // runs a task

    private final GateBenchmarkOptions options;
    private final List<Scenario> scenarios;

    public GateBenchmark(GateBenchmarkOptions options) {
        this.options = options;
        this.scenarios = new GateScenarios(options).all();
    }

    /** Runs all questions, prints a row as soon as it is known, and returns the answers. */
    public List<GateResult> run(PrintStream out) throws InterruptedException, ExecutionException {
        List<GateResult> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(options.threads())) {
            out.printf(
                    Locale.ROOT,
                    "%-48s %7s %7s %8s %18s %9s %9s %9s %7s %9s%n",
                    "scenario",
                    "runs",
                    "hits",
                    "rate",
                    "95 % interval",
                    "limit",
                    "z-test",
                    "promoted",
                    "median",
                    "requests");
            for (int number = 0; number < scenarios.size(); number++) {
                for (GateResult result : answers(number, executor)) {
                    print(out, result);
                    results.add(result);
                }
            }
        }
        return results;
    }

    /** Returns the answer over all runs, then by base error rate where there are several. */
    private List<GateResult> answers(int number, ExecutorService executor)
            throws InterruptedException, ExecutionException {
        Scenario scenario = scenarios.get(number);
        List<RunOutcome> outcomes = simulate(number, executor);
        List<GateResult> results = new ArrayList<>();
        results.add(GateResult.of(scenario.name(), scenario, outcomes));
        List<Double> rates = scenario.world().errorRates();
        for (double rate : rates.size() > 1 ? rates : List.<Double>of()) {
            List<RunOutcome> some =
                    outcomes.stream().filter(outcome -> outcome.errorRate() == rate).toList();
            if (!some.isEmpty()) {
                results.add(
                        GateResult.of(
                                String.format(Locale.ROOT, "  base errors %.1f %%", 100 * rate),
                                scenario,
                                some));
            }
        }
        return results;
    }

    private List<RunOutcome> simulate(int number, ExecutorService executor)
            throws InterruptedException, ExecutionException {
        Scenario scenario = scenarios.get(number);
        List<Callable<List<RunOutcome>>> tasks = new ArrayList<>();
        for (int from = 0; from < scenario.runs(); from += CHUNK) {
            int first = from;
            int end = Math.min(from + CHUNK, scenario.runs());
            tasks.add(() -> simulate(number, first, end));
        }
        List<RunOutcome> outcomes = new ArrayList<>();
        for (Future<List<RunOutcome>> done : executor.invokeAll(tasks)) {
            outcomes.addAll(done.get());
        }
        return outcomes;
    }

    private List<RunOutcome> simulate(int number, int from, int end) {
        List<RunOutcome> outcomes = new ArrayList<>();
        for (int run = from; run < end; run++) {
            SplittableRandom random =
                    new SplittableRandom(new UnitHasher(options.seed() + number).bits(run));
            outcomes.add(new SimulatedRollout(scenarios.get(number), run, random).run());
        }
        return outcomes;
    }

    private static void print(PrintStream out, GateResult result) {
        out.printf(
                Locale.ROOT,
                "%-48s %7d %7d %7.2f%% [%6.2f%%, %6.2f%%] %9s %8.2f%% %8.2f%% %6ds %9.1fM%s%n",
                result.name(),
                result.runs(),
                result.hits(),
                100 * result.rate(),
                100 * result.low(),
                100 * result.high(),
                limit(result.limit()),
                100.0 * result.zTestHits() / result.runs(),
                100.0 * result.promoted() / result.runs(),
                result.medianSeconds(),
                result.requests() / 1e6,
                result.holds() ? "" : "  BROKEN");
        out.flush();
    }

    private static String limit(Limit limit) {
        return switch (limit) {
            case Limit.AtMost(double share) ->
                    String.format(Locale.ROOT, "<= %.0f %%", 100 * share);
            case Limit.AtLeast(double share) ->
                    String.format(Locale.ROOT, ">= %.0f %%", 100 * share);
            case Limit.Open() -> "-";
        };
    }
}
