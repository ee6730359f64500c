package dev.tidegate.server.benchmark.gate;

import java.util.List;

/**
 * What is true in a simulation.
 *
 * @param population who asks
 * @param slowestTraffic requests per second of the quietest run
 * @param busiestTraffic requests per second of the busiest run
 * @param errorRates the champion's share of failing rows; run i has number i modulo their count
 * @param extraErrors added to that for the candidate
 * @param otherRows whether the candidate fails on rows of its own instead of the champion's
 * @param delayedShare share of the candidate's requests that are delayed
 * @param delay their delay in milliseconds
 * @param disturbed whether there are stalls that hit both arms, retries after visible errors, a
 *     replica that dies and one that changes its route late
 */
record World(
        Population population,
        double slowestTraffic,
        double busiestTraffic,
        List<Double> errorRates,
        double extraErrors,
        boolean otherRows,
        double delayedShare,
        double delay,
        boolean disturbed) {

    World {
        errorRates = List.copyOf(errorRates);
        if (errorRates.isEmpty()) {
            throw new IllegalArgumentException("no error rate");
        }
    }

    double errorRate(int run) {
        return errorRates.get(run % errorRates.size());
    }
}
