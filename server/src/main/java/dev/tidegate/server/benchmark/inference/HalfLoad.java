package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Spread;
import java.util.List;
import java.util.Locale;

/**
 * How long answers take while half of what Tidegate can do is asked, of it and of the tuned handler
 * alike: at an even rate, each request's time from when it was due.
 *
 * @param capacity answers a second that the same client gets of Tidegate with 64 requests at once
 * @param rounds figures of both at half of it
 */
record HalfLoad(double capacity, Rounds rounds) {
    private static final int CONCURRENCY = 64;

    static HalfLoad measure(
            Bench bench, TidegateSubject tidegate, HandlerSubject tuned, RoundOptions options)
            throws InterruptedException {
        LoadClient client = new GrpcLoadClient(bench.folder());
        double capacity =
                bench.measure(
                                tidegate,
                                tidegate.grpc(),
                                Load.atOnce(CONCURRENCY, options.measured()),
                                client)
                        .rps();
        Load half = Load.paced(capacity / 2, options.measured());
        Rounds rounds = new Rounds();
        for (int round = 0; round < options.rounds(); round++) {
            for (Subject subject : Turns.of(List.of(tuned, tidegate), round)) {
                rounds.add(subject.name(), bench.measure(subject, subject.grpc(), half, client));
            }
        }
        return new HalfLoad(capacity, rounds);
    }

    /** Returns how much longer Tidegate's p99 is than the tuned handler's, microseconds. */
    Spread addedP99() {
        return rounds.paired(
                InferenceTable.TIDEGATE,
                InferenceTable.TUNED,
                Measurement::p99,
                (tidegate, tuned) -> tidegate - tuned);
    }

    /** Returns Markdown. */
    String text() {
        MarkdownTable table = new MarkdownTable("server", "req/s", "p50 µs", "p95 µs", "p99 µs");
        for (String name : List.of(InferenceTable.TUNED, InferenceTable.TIDEGATE)) {
            table.row(
                    name,
                    rounds.of(name, Measurement::rps).text(0),
                    rounds.of(name, Measurement::p50).text(0),
                    rounds.of(name, each -> each.load().p95()).text(0),
                    rounds.of(name, Measurement::p99).text(0));
        }
        return String.format(
                        Locale.ROOT,
                        "Half load: %,.0f requests a second at an even rate, half of the %,.0f that this client gets of Tidegate with %d at once. The client is the bundled one, which knows when a request was due, and takes more of the two cores than h2load; the time counts from when the request was due. Added p99: %s µs.%n%n",
                        capacity / 2,
                        capacity,
                        CONCURRENCY,
                        addedP99().text(0))
                + table.text();
    }
}
