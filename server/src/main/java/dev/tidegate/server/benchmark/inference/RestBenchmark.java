package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Tidegate over REST and over gRPC beside the plain handler over gRPC, in turn. */
public final class RestBenchmark {
    private static final List<Integer> CONCURRENCIES = List.of(16, 64);
    private static final String PLAIN = "plain, gRPC";
    private static final String GRPC = "Tidegate, gRPC";

    private final RoundOptions options;
    private final PrintStream out;

    /**
     * @param out gets a line for each measurement
     */
    public RestBenchmark(RoundOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Returns the table, and whether the promises are kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    /** A way to ask a server. */
    private record Way(String name, Subject subject, Target target) {}

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        HandlerSubject plain = bench.add(HandlerSubject.plain(bench.folder()));
        TidegateSubject tidegate = bench.tidegate();
        bench.warmUp(List.of(plain, tidegate));
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(PLAIN, plain, plain.grpc()));
        ways.add(new Way(GRPC, tidegate, tidegate.grpc()));
        float score = bench.score(plain);
        for (RestWay rest : RestWay.values()) {
            Target.Rest target = rest.target(tidegate, bench.folder());
            rest.requireScore(target, score);
            bench.client().load(target, Load.atOnce(16, options.warmUp())).requireAnswered();
            ways.add(new Way(rest.label(), tidegate, target));
        }
        bench.startRollout(tidegate);
        Map<Integer, Rounds> atOnce = rounds(bench, ways);
        bench.requireRunning();
        return Promise.judged(text(bench, ways, atOnce), promises(atOnce));
    }

    private Map<Integer, Rounds> rounds(Bench bench, List<Way> ways) throws InterruptedException {
        Map<Integer, Rounds> atOnce = new TreeMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            for (int concurrency : CONCURRENCIES) {
                Load load = Load.atOnce(concurrency, options.measured());
                for (Way way : Turns.of(ways, round)) {
                    out.printf("%-22s ", way.name);
                    atOnce.computeIfAbsent(concurrency, c -> new Rounds())
                            .add(way.name, bench.measure(way.subject, way.target, load));
                }
            }
        }
        return atOnce;
    }

    private static List<Promise> promises(Map<Integer, Rounds> atOnce) {
        List<Promise> promises = new ArrayList<>();
        for (int concurrency : CONCURRENCIES) {
            promises.add(promise(atOnce, concurrency, RestWay.BINARY, 60));
            promises.add(promise(atOnce, concurrency, RestWay.JSON, 35));
        }
        return promises;
    }

    private static Promise promise(
            Map<Integer, Rounds> atOnce, int concurrency, RestWay way, double limit) {
        return Promise.atLeast(
                "%s: the plain gRPC handler's req/s at %d at once"
                        .formatted(way.label(), concurrency),
                limit,
                Objects.requireNonNull(atOnce.get(concurrency))
                        .percent(way.label(), PLAIN)
                        .median(),
                " %");
    }

    private String text(Bench bench, List<Way> ways, Map<Integer, Rounds> atOnce) {
        MarkdownTable table =
                new MarkdownTable(
                        "at once",
                        "asked",
                        "req/s",
                        "of plain",
                        "p50 µs",
                        "p99 µs",
                        "CPU µs a request");
        atOnce.forEach(
                (concurrency, rounds) -> {
                    for (Way way : ways) {
                        table.row(
                                concurrency,
                                way.name,
                                rounds.of(way.name, Measurement::rps).text(0),
                                rounds.percentText(way.name, PLAIN),
                                rounds.of(way.name, Measurement::p50).text(0),
                                rounds.of(way.name, Measurement::p99).text(0),
                                rounds.of(way.name, Measurement::cpuMicros).text(1));
                    }
                });
        return String.join(
                "\n",
                BenchText.setting(options, bench.client().name()),
                "REST is asked over HTTP/1.1, with as many kept connections as requests at once.",
                "",
                "* " + MachineFacts.line(),
                "* " + BenchText.tidegate(options),
                "",
                table.text());
    }
}
