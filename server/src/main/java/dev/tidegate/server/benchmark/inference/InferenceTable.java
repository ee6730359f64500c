package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import dev.tidegate.server.benchmark.result.Spread;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The measurements of inference as tables: medians over the rounds, and how far they lie apart.
 *
 * @param client name of the load client
 * @param alone the runtime alone
 * @param atOnce all servers, by the number of requests at once
 * @param half what half load adds
 * @param idlePercent what Tidegate took of one processor in the turns of the others
 */
record InferenceTable(
        String client,
        RoundOptions options,
        Rounds alone,
        Map<Integer, Rounds> atOnce,
        HalfLoad half,
        Spread idlePercent) {
    static final String ALONE = "alone";
    static final String PLAIN = "plain";
    static final String TUNED = "tuned";
    static final String TIDEGATE = "Tidegate";

    Measured judged() {
        return Promise.judged(head() + "\n" + requests() + "\n" + half.text(), promises());
    }

    private List<Promise> promises() {
        return List.of(
                ratio("plain handler's req/s at 1 at once", 1, PLAIN, 90),
                ratio("plain handler's req/s at 16 at once", 16, PLAIN, 100),
                ratio("plain handler's req/s at 64 at once, by batching", 64, PLAIN, 120),
                ratio("tuned handler's req/s at 16 at once", 16, TUNED, 75),
                ratio("tuned handler's req/s at 64 at once", 64, TUNED, 75),
                Promise.atMost(
                        "p99 beyond the tuned handler's at half load",
                        1,
                        half.addedP99().median() / 1e3,
                        " ms"));
    }

    private Promise ratio(String what, int concurrency, String baseline, double limit) {
        return Promise.atLeast(
                what, limit, at(concurrency).percent(TIDEGATE, baseline).median(), " %");
    }

    private Rounds at(int concurrency) {
        return Objects.requireNonNull(atOnce.get(concurrency));
    }

    private String head() {
        return String.join(
                "\n",
                BenchText.setting(options, client),
                "",
                "* " + MachineFacts.line(),
                "* Flags of every server: " + String.join(" ", ChildJvm.FLAGS),
                "* `plain`: a handler as it is written first: generated stubs, `directExecutor()`, one session, all outputs as new tensors; no validation, routing, log or identity.",
                "* `tuned`: the same by somebody who knows both libraries: a session for each transport's thread, input and output bound to direct buffers, messages read and written without objects.",
                "* " + BenchText.tidegate(options),
                "* `OrtSession.run` alone, one thread, a process of its own in each round: %s runs/s, p50 %s µs, p99 %s µs."
                        .formatted(
                                alone.of(ALONE, Measurement::rps).text(0),
                                alone.of(ALONE, Measurement::p50).text(0),
                                alone.of(ALONE, Measurement::p99).text(0)),
                "* CPU is the server's processor time a request, from the load's begin until it is at rest again; Tidegate's has its idle work in it, and its PostgreSQL's: %s µs of it at 64 at once."
                        .formatted(at(64).of(TIDEGATE, Measurement::databaseMicros).text(1)),
                "* All servers stay up: in the turns of the other two Tidegate and its PostgreSQL took %s %% of one processor, which those two lacked."
                        .formatted(idlePercent.text(1)),
                "");
    }

    private String requests() {
        MarkdownTable table =
                new MarkdownTable(
                        "at once",
                        "server",
                        "req/s",
                        "of plain",
                        "of tuned",
                        "p50 µs",
                        "p99 µs",
                        "CPU µs a request");
        atOnce.forEach(
                (concurrency, rounds) -> {
                    for (String server : List.of(PLAIN, TUNED, TIDEGATE)) {
                        table.row(
                                concurrency,
                                server,
                                rounds.of(server, Measurement::rps).text(0),
                                rounds.percentText(server, PLAIN),
                                rounds.percentText(server, TUNED),
                                rounds.of(server, Measurement::p50).text(0),
                                rounds.of(server, Measurement::p99).text(0),
                                rounds.of(server, Measurement::cpuMicros).text(1));
                    }
                });
        return table.text();
    }
}
