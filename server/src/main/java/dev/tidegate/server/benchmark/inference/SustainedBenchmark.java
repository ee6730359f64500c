package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Ten minutes at an even rate that the machine can bear, then one with all that it has. */
public final class SustainedBenchmark {
    private static final int CONCURRENCY = 64;
    private static final double SHARE = 0.6;

    /** What users were promised, requests a second. */
    private static final List<Integer> PROMISED = List.of(15_000, 25_000);

    private final RoundOptions options;
    private final SustainedOptions sustained;
    private final PrintStream out;

    /**
     * @param out gets a line for each measurement
     */
    public SustainedBenchmark(RoundOptions options, SustainedOptions sustained, PrintStream out) {
        this.options = options;
        this.sustained = sustained;
        this.out = out;
    }

    /** Returns the table, and whether the promises are kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        TidegateSubject tidegate = bench.tidegate();
        bench.warmUp(List.of(tidegate));
        bench.startRollout(tidegate);
        Rounds capacity = new Rounds();
        for (int round = 0; round < options.rounds(); round++) {
            capacity.add(
                    tidegate.name(),
                    bench.measure(
                            tidegate,
                            tidegate.grpc(),
                            Load.atOnce(CONCURRENCY, options.measured())));
        }
        double most = capacity.of(tidegate.name(), Measurement::rps).median();
        Measurement even =
                observe(bench, tidegate, Load.paced(SHARE * most, sustained.sustained()));
        long lostEven = tidegate.counts().lost();
        Measurement burst = observe(bench, tidegate, Load.atOnce(CONCURRENCY, sustained.burst()));
        bench.requireRunning();
        return judged(
                bench, new Seen(most, even, lostEven, burst, tidegate.counts().lost() - lostEven));
    }

    private static Measurement observe(Bench bench, TidegateSubject tidegate, Load load)
            throws InterruptedException {
        return bench.observe(tidegate, tidegate.grpc(), load, bench.client());
    }

    /**
     * What was seen.
     *
     * @param most answers a second with 64 requests at once, in seconds
     * @param even at the even rate
     * @param lostEven predictions that are missing in the log of it
     * @param burst with all that the machine has
     * @param lostBurst predictions that are missing in the log of it
     */
    private record Seen(
            double most, Measurement even, long lostEven, Measurement burst, long lostBurst) {}

    private Measured judged(Bench bench, Seen seen) {
        String text =
                "Load client: %s, on the same machine, at most %d connections. It measured a capacity of %,.0f req/s (%d at once, median of %d times %d s). Then %d s at an even rate of %.0f %% of it, then %d s with %d at once.\n\n"
                                .formatted(
                                        bench.client().name(),
                                        LoadClient.CONNECTIONS,
                                        seen.most,
                                        CONCURRENCY,
                                        options.rounds(),
                                        options.measured().toSeconds(),
                                        sustained.sustained().toSeconds(),
                                        100 * SHARE,
                                        sustained.burst().toSeconds(),
                                        CONCURRENCY)
                        + "* "
                        + MachineFacts.line()
                        + "\n* "
                        + BenchText.tidegate(options)
                        + "\n\n"
                        + new MarkdownTable(
                                        "load",
                                        "req/s",
                                        "errors",
                                        "p50 ms",
                                        "p95 ms",
                                        "p99 ms",
                                        "CPU µs a request",
                                        "missing in the log")
                                .row(cells("60 %", seen.even, seen.lostEven))
                                .row(cells("100 %", seen.burst, seen.lostBurst))
                                .text()
                        + "\n"
                        + cores(seen.even);
        return Promise.judged(text, promises(seen));
    }

    private static Object[] cells(String load, Measurement measured, long lost) {
        return new Object[] {
            load,
            String.format(Locale.ROOT, "%,.0f", measured.rps()),
            measured.load().failed(),
            millis(measured.p50()),
            millis(measured.load().p95()),
            millis(measured.p99()),
            String.format(Locale.ROOT, "%.1f", measured.cpuMicros()),
            lost
        };
    }

    /**
     * Reckons, from the rate that this machine bore with the client on it, and from the processor
     * time a request, what other rates need.
     */
    private static String cores(Measurement even) {
        int processors = Runtime.getRuntime().availableProcessors();
        MarkdownTable table =
                new MarkdownTable(
                        "req/s", "cores busy with it", "cores at this load, client included");
        for (int rate : PROMISED) {
            table.row(
                    String.format(Locale.ROOT, "%,d", rate),
                    String.format(Locale.ROOT, "%.2f", rate * even.cpuMicros() / 1e6),
                    String.format(Locale.ROOT, "%.2f", processors * rate / even.rps()));
        }
        return "What the promised figures need, reckoned from the row of 60 %: the server's processor time alone, and a machine that is as busy as this one was.\n\n"
                + table.text();
    }

    private static List<Promise> promises(Seen seen) {
        return List.of(
                Promise.atMost("errors at 60 %", 0, (double) seen.even.load().failed(), ""),
                Promise.atMost("p95 at 60 %", 50, seen.even.load().p95() / 1e3, " ms"),
                Promise.atLeast(
                        "rate that was asked at 60 %, of the intended one",
                        99, 100 * seen.even.rps() / (SHARE * seen.most), " %"),
                Promise.atMost("errors at 100 %", 0, (double) seen.burst.load().failed(), ""),
                Promise.atMost(
                        "predictions missing in the log",
                        0,
                        (double) seen.lostEven + seen.lostBurst,
                        ""));
    }

    private static String millis(double micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1e3);
    }
}
