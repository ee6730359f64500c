package dev.tidegate.server.benchmark.inference;

/** What the tables of several parts say alike. */
final class BenchText {
    private BenchText() {}

    /** Returns what was asked, by whom and how often. */
    static String setting(RoundOptions options, String client) {
        return "%d trees of depth %d, one row of %d floats. Load client: %s, on the same machine, at most %d connections for gRPC. %d rounds of %d s in turn; medians over the rounds, in brackets the least and the greatest. The ratios are those of neighbours in a round."
                .formatted(
                        TreeGraph.TREES,
                        TreeGraph.DEPTH,
                        TreeGraph.COLUMNS,
                        client,
                        LoadClient.CONNECTIONS,
                        options.rounds(),
                        options.measured().toSeconds());
    }

    /** Returns what is on in Tidegate. */
    static String tidegate(RoundOptions options) {
        return "`Tidegate`: `tidegate serve` with its own PostgreSQL: a key that is required, its rate limit, a signature with a name for each column, %s, evidence, prediction log, metrics, JSON log, and traces of 1 %% of the requests to a collector over OTLP. What is behind the replies is given time to catch up before the next one's turn."
                .formatted(
                        options.withRollout() ? "a rollout at 50 % running" : "no rollout running");
    }
}
