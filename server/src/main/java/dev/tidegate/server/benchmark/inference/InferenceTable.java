package dev.tidegate.server.benchmark.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The measurements as a table: medians over the rounds, and how far they lie apart. */
final class InferenceTable {
    static final String ALONE = "alone";
    static final String BARE = "bare";
    static final String TIDEGATE = "Tidegate";

    private final String client;
    private final Map<Integer, Map<String, List<LoadResult>>> results = new TreeMap<>();

    /**
     * @param client name of the load client
     */
    InferenceTable(String client) {
        this.client = client;
    }

    void add(String subject, int concurrency, LoadResult result) {
        results.computeIfAbsent(concurrency, c -> new TreeMap<>())
                .computeIfAbsent(subject, s -> new ArrayList<>())
                .add(result);
    }

    /** Returns Markdown. */
    String text(InferenceBenchmarkOptions options) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%d trees of depth %d, one row of %d floats. Load client: %s, on the same machine, at most %d connections. %d rounds of %d s in turn; medians over the rounds, in brackets the least and the greatest. The ratio is that of the two neighbours in a round."
                        .formatted(
                                TreeGraph.TREES,
                                TreeGraph.DEPTH,
                                TreeGraph.COLUMNS,
                                client,
                                LoadClient.CONNECTIONS,
                                options.rounds(),
                                options.measured().toSeconds()));
        line(text, "");
        line(text, "* " + MachineFacts.line());
        line(text, "* Flags of every server: " + String.join(" ", ChildJvm.FLAGS));
        line(
                text,
                "* `bare`: generated stubs, `directExecutor()`, one session, no validation, routing, log or identity.");
        line(
                text,
                "* `Tidegate`: `tidegate serve` with its own PostgreSQL, a rollout at 50 % running, evidence, prediction log and identity on. What is behind the replies is given time to catch up before the other one's turn.");
        line(
                text,
                "* `OrtSession.run` alone, one thread, a process of its own in each round: %s runs/s, p50 %s µs, p99 %s µs."
                        .formatted(
                                cell(alone(), LoadResult::rps),
                                cell(alone(), LoadResult::p50),
                                cell(alone(), LoadResult::p99)));
        line(text, "");
        line(
                text,
                "| at once | bare req/s | Tidegate req/s | ratio | bare p50 µs | Tidegate p50 µs | bare p99 µs | Tidegate p99 µs |");
        line(text, "| --- | --- | --- | --- | --- | --- | --- | --- |");
        results.forEach((concurrency, both) -> row(text, concurrency, both));
        return text.toString();
    }

    private static void row(
            StringBuilder text, int concurrency, Map<String, List<LoadResult>> both) {
        List<LoadResult> bare = both.getOrDefault(BARE, List.of());
        List<LoadResult> tidegate = both.getOrDefault(TIDEGATE, List.of());
        line(
                text,
                "| %d | %s | %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                concurrency,
                                cell(bare, LoadResult::rps),
                                cell(tidegate, LoadResult::rps),
                                ratio(bare, tidegate),
                                cell(bare, LoadResult::p50),
                                cell(tidegate, LoadResult::p50),
                                cell(bare, LoadResult::p99),
                                cell(tidegate, LoadResult::p99)));
    }

    private List<LoadResult> alone() {
        return results.getOrDefault(1, Map.of()).getOrDefault(ALONE, List.of());
    }

    private static String ratio(List<LoadResult> bare, List<LoadResult> tidegate) {
        double[] percent =
                IntStream.range(0, bare.size())
                        .mapToDouble(
                                round -> 100 * tidegate.get(round).rps() / bare.get(round).rps())
                        .toArray();
        return cell("%,.0f %% (%,.0f–%,.0f)", percent);
    }

    private static String cell(List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        return cell("%,.0f (%,.0f–%,.0f)", results.stream().mapToDouble(figure).toArray());
    }

    /** Formats median, least and greatest. */
    private static String cell(String format, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return String.format(Locale.ROOT, format, median, sorted[0], sorted[sorted.length - 1]);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
