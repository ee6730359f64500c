package dev.tidegate.server.benchmark.gate;

/**
 * How much to simulate.
 *
 * @param runs rollouts of each question about errors of the gate, at least 1
 * @param powerRuns rollouts of each of the other questions, at least 1
 * @param seed the same seed gives the same table
 * @param threads at least 1; does not change the table
 */
public record GateBenchmarkOptions(int runs, int powerRuns, long seed, int threads) {
    public GateBenchmarkOptions {
        if (runs < 1 || powerRuns < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    runs
                            + " runs, "
                            + powerRuns
                            + " power runs, "
                            + threads
                            + " threads, expected at least 1 of each");
        }
    }

    /** Returns what the printed claims rest on: 10,000 and 2,000 runs. */
    public static GateBenchmarkOptions full(int threads) {
        return new GateBenchmarkOptions(10_000, 2_000, 20_261_121, threads);
    }

    /** Returns what shows that it runs; the figures say nothing. */
    public static GateBenchmarkOptions brief(int threads) {
        return new GateBenchmarkOptions(3, 2, 20_261_121, threads);
    }
}
