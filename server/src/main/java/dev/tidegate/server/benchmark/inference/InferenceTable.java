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
    static final String PLAIN = "plain";
    static final String TUNED = "tuned";
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
                "%d trees of depth %d, one row of %d floats. Load client: %s, on the same machine, at most %d connections. %d rounds of %d s in turn; medians over the rounds, in brackets the least and the greatest. The ratios are those of neighbours in a round."
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
                "* `plain`: a handler as it is written first: generated stubs, `directExecutor()`, one session, all outputs as new tensors; no validation, routing, log or identity.");
        line(
                text,
                "* `tuned`: the same by somebody who knows both libraries: a session for each transport's thread, input and output bound to direct buffers, messages read and written without objects.");
        line(
                text,
                "* `Tidegate`: `tidegate serve` with its own PostgreSQL, a rollout at 50 % running, evidence, prediction log and identity on. What is behind the replies is given time to catch up before the next one's turn.");
        line(
                text,
                "* `OrtSession.run` alone, one thread, a process of its own in each round: %s runs/s, p50 %s µs, p99 %s µs."
                        .formatted(
                                cell(alone(), LoadResult::rps),
                                cell(alone(), LoadResult::p50),
                                cell(alone(), LoadResult::p99)));
        line(text, "");
        line(text, "| at once | server | req/s | of plain | of tuned | p50 µs | p99 µs |");
        line(text, "| --- | --- | --- | --- | --- | --- | --- |");
        results.forEach(
                (concurrency, all) -> {
                    row(text, concurrency, PLAIN, all);
                    row(text, concurrency, TUNED, all);
                    row(text, concurrency, TIDEGATE, all);
                });
        return text.toString();
    }

    private static void row(
            StringBuilder text,
            int concurrency,
            String subject,
            Map<String, List<LoadResult>> all) {
        List<LoadResult> own = all.getOrDefault(subject, List.of());
        line(
                text,
                "| %d | %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                concurrency,
                                subject,
                                cell(own, LoadResult::rps),
                                ratio(all.getOrDefault(PLAIN, List.of()), own),
                                ratio(all.getOrDefault(TUNED, List.of()), own),
                                cell(own, LoadResult::p50),
                                cell(own, LoadResult::p99)));
    }

    private List<LoadResult> alone() {
        return results.getOrDefault(1, Map.of()).getOrDefault(ALONE, List.of());
    }

    private static String ratio(List<LoadResult> baseline, List<LoadResult> own) {
        double[] percent =
                IntStream.range(0, baseline.size())
                        .mapToDouble(
                                round -> 100 * own.get(round).rps() / baseline.get(round).rps())
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
