package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.benchmark.gate.Scenario.Limit;
import java.util.List;
import java.util.function.Predicate;

/**
 * The answer to one question.
 *
 * @param name the question
 * @param runs simulated rollouts
 * @param hits how many of them count
 * @param zTestHits how many a repeated z-test would have rolled back
 * @param promoted how many were promoted
 * @param medianSeconds until the end of a run
 * @param requests simulated altogether
 * @param limit share of hits allowed or demanded
 */
public record GateResult(
        String name,
        int runs,
        int hits,
        int zTestHits,
        int promoted,
        int medianSeconds,
        long requests,
        Limit limit) {

    static GateResult of(String name, Scenario scenario, List<RunOutcome> outcomes) {
        int[] seconds = outcomes.stream().mapToInt(RunOutcome::seconds).sorted().toArray();
        return new GateResult(
                name,
                outcomes.size(),
                count(outcomes, scenario.hit()),
                count(outcomes, RunOutcome::zTestFired),
                count(outcomes, RunOutcome::promoted),
                seconds[seconds.length / 2],
                outcomes.stream().mapToLong(RunOutcome::requests).sum(),
                scenario.limit());
    }

    private static int count(List<RunOutcome> outcomes, Predicate<RunOutcome> hit) {
        return (int) outcomes.stream().filter(hit).count();
    }

    public double rate() {
        return (double) hits / runs;
    }

    /** Returns the lower end of the 95 % interval of the rate (Wilson 1927). */
    public double low() {
        return wilson(-1);
    }

    /** Returns its upper end. */
    public double high() {
        return wilson(1);
    }

    /** Returns whether the rate keeps its limit. */
    public boolean holds() {
        return switch (limit) {
            case Limit.AtMost(double share) -> rate() <= share;
            case Limit.AtLeast(double share) -> rate() >= share;
            case Limit.Open() -> true;
        };
    }

    private double wilson(int side) {
        double z = 1.959963984540054; // 97.5 % of the standard normal
        double centre = rate() + z * z / (2 * runs);
        double spread = z * Math.sqrt(rate() * (1 - rate()) / runs + z * z / (4.0 * runs * runs));
        return Math.clamp((centre + side * spread) / (1 + z * z / runs), 0, 1);
    }
}
