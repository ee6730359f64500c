package dev.tidegate.server.benchmark.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The measurements as a table: medians over the rounds, and how far they lie apart. */
final class InferenceTable {
    static final String BARE = "bare";
    static final String TIDEGATE = "Tidegate";

    private final String client;
    private final String alone;
    private final Map<Integer, Map<String, List<LoadResult>>> results = new TreeMap<>();

    /**
     * @param client name of the load client
     * @param alone what the runtime alone gave: runs a second, p50, p99
     */
    InferenceTable(String client, String alone) {
        this.client = client;
        this.alone = alone;
    }

    void add(String subject, int concurrency, LoadResult result) {
        results.computeIfAbsent(concurrency, c -> new TreeMap<>())
                .computeIfAbsent(subject, s -> new ArrayList<>())
                .add(result);
    }

    /** Returns Markdown. */
    String text(InferenceBenchmarkOptions options) {
        StringBuilder text = new StringBuilder();
        line(text, "## Inference through everything");
        line(text, "");
        line(
                text,
                "%d trees of depth %d, one row of %d floats. Load client: %s, on the same machine, at most %d connections. %d rounds of %d s in turn; medians, in brackets the least and the greatest."
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
        line(text, "* `OrtSession.run` alone, one thread: runs/s, p50 µs, p99 µs: " + alone + ".");
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
                "| %d | %s | %s | %.0f %% | %s | %s | %s | %s |"
                        .formatted(
                                concurrency,
                                cell(bare, LoadResult::rps),
                                cell(tidegate, LoadResult::rps),
                                100
                                        * median(tidegate, LoadResult::rps)
                                        / median(bare, LoadResult::rps),
                                cell(bare, LoadResult::p50),
                                cell(tidegate, LoadResult::p50),
                                cell(bare, LoadResult::p99),
                                cell(tidegate, LoadResult::p99)));
    }

    private static String cell(List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        List<Double> sorted = sorted(results, figure);
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f–%,.0f)",
                median(results, figure),
                sorted.getFirst(),
                sorted.getLast());
    }

    private static double median(List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        List<Double> sorted = sorted(results, figure);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static List<Double> sorted(
            List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        List<Double> values = new ArrayList<>(results.stream().map(figure::applyAsDouble).toList());
        Collections.sort(values);
        return values;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
