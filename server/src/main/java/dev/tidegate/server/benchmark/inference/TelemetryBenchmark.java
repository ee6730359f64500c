package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.MeanInterval;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Processor time a request with telemetry and without, in turn. */
public final class TelemetryBenchmark {
    private static final int CONCURRENCY = 16;
    private static final Map<String, String> OFF = Map.of("TIDEGATE_METRIC_REQUESTS", "false");

    private final RoundOptions options;
    private final int pairs;
    private final PrintStream out;

    /**
     * @param pairs of fresh servers, each measured for the rounds of the options: two servers are
     *     compiled differently by chance, which no number of rounds makes good
     * @param out gets a line for each measurement
     */
    public TelemetryBenchmark(RoundOptions options, int pairs, PrintStream out) {
        this.options = options;
        this.pairs = pairs;
        this.out = out;
    }

    /** What was spent, microseconds a request, in each round of each pair. */
    private record Spent(List<Double> on, List<Double> off, List<Double> ofPairs) {
        Spent() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        List<Double> percent(int from) {
            List<Double> percent = new ArrayList<>();
            for (int round = from; round < on.size(); round++) {
                percent.add(100 * (on.get(round) / off.get(round) - 1));
            }
            return percent;
        }
    }

    /** Returns the table, and whether the promise is kept. */
    public Measured run() throws IOException, InterruptedException {
        Spent spent = new Spent();
        for (int pair = 0; pair < pairs; pair++) {
            Bench.run(
                    options,
                    out,
                    bench -> {
                        measure(bench, spent);
                        return new Measured("", true);
                    });
        }
        return judged(spent);
    }

    private void measure(Bench bench, Spent spent) throws IOException, InterruptedException {
        TidegateSubject on = bench.tidegate("on");
        TidegateSubject off = bench.add(TidegateSubject.start(bench.folder(), "off", OFF));
        bench.warmUp(List.of(on, off));
        int before = spent.on.size();
        for (int round = 0; round < options.rounds(); round++) {
            for (TidegateSubject subject : Turns.of(List.of(on, off), round)) {
                (subject == on ? spent.on : spent.off).add(micros(bench, subject));
            }
        }
        spent.ofPairs.add(MeanInterval.of(spent.percent(before)).mean());
    }

    /** Returns the processor time of the server's process alone. */
    private double micros(Bench bench, TidegateSubject subject) throws InterruptedException {
        Measurement measured =
                bench.measure(
                        subject, subject.grpc(), Load.atOnce(CONCURRENCY, options.measured()));
        return measured.cpuMicros() - measured.databaseMicros();
    }

    private Measured judged(Spent spent) {
        MeanInterval ofRounds = MeanInterval.of(spent.percent(0));
        MeanInterval ofPairs = MeanInterval.of(spent.ofPairs);
        String text =
                "Processor time of the server's process a request, %d at once, %d rounds of %d s in turn, on %d pairs of fresh servers. `on`: counters, histograms and exemplars, read before and after each turn as Prometheus does; JSON log; traces of 1 %% of the requests to a collector over OTLP. `off`: `tidegate.metric.requests: false`, no collector, text log. Evidence, prediction log and journal are on in both: they are no telemetry. No rollout runs.\n\n"
                                .formatted(
                                        CONCURRENCY,
                                        spent.on.size(),
                                        options.measured().toSeconds(),
                                        pairs)
                        + "* "
                        + MachineFacts.line()
                        + "\n* Of the pairs apart, in percent: "
                        + spent.ofPairs.stream()
                                .map(mean -> String.format(Locale.ROOT, "%.2f", mean))
                                .collect(Collectors.joining(", "))
                        + "\n\n"
                        + new MarkdownTable("telemetry", "CPU µs a request")
                                .row("on", MeanInterval.of(spent.on).text())
                                .row("off", MeanInterval.of(spent.off).text())
                                .row("added, %, of the rounds", ofRounds.text())
                                .row("added, %, of the pairs", ofPairs.text())
                                .text()
                        + "\nThe promise is judged by the mean. Rounds of one pair share what the compiler did by chance, so the interval over the pairs is the one to believe; that over the rounds is too narrow.\n";
        return Promise.judged(
                text,
                List.of(
                        Promise.atMost(
                                "processor time a request that telemetry adds",
                                3,
                                ofPairs.mean(),
                                " %")));
    }
}
