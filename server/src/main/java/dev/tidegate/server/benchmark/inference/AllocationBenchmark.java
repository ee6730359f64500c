package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import dev.tidegate.server.benchmark.result.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes that a request allocates in Tidegate, beyond those of the plain handler on grpc-java. */
public final class AllocationBenchmark {
    private static final int CONCURRENCY = 16;

    /** 6 kB. */
    private static final double MOST_BYTES = 6_000;

    private final RoundOptions options;
    private final PrintStream out;

    /**
     * @param out gets a line for each measurement
     */
    public AllocationBenchmark(RoundOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Returns the table, and whether the promise is kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        HandlerSubject plain = bench.add(HandlerSubject.plain(bench.folder()));
        TidegateSubject tidegate = bench.add(TidegateSubject.start(bench.folder()));
        bench.warmUp(List.of(plain, tidegate));
        bench.startRollout(tidegate);
        List<Allocated> ofPlain = new ArrayList<>();
        List<Allocated> ofTidegate = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            ofPlain.add(allocated(bench, plain));
            ofTidegate.add(allocated(bench, tidegate));
        }
        bench.requireRunning();
        return judged(ofPlain, ofTidegate);
    }

    /** Bytes a request, on the transport's threads and on all. */
    private record Allocated(double transport, double all) {}

    private Allocated allocated(Bench bench, Subject subject)
            throws IOException, InterruptedException {
        Load load = Load.atOnce(CONCURRENCY, options.measured());
        Allocations before = subject.allocations();
        double requests = bench.measure(subject, subject.grpc(), load).load().answered();
        Allocations after = subject.allocations();
        Allocated allocated =
                new Allocated(
                        (after.transport() - before.transport()) / requests,
                        (after.all() - before.all()) / requests);
        out.printf(
                Locale.ROOT,
                "%-14s %,.0f bytes a request on the transport's threads, %,.0f on all%n",
                subject.name(),
                allocated.transport,
                allocated.all);
        return allocated;
    }

    private Measured judged(List<Allocated> plain, List<Allocated> tidegate) {
        Spread onTransport = transport(tidegate);
        String text =
                "Bytes allocated a request, %d at once, %d rounds of %d s in turn; medians, in brackets the least and the greatest. Counted by the virtual machines themselves for each thread (`ThreadMXBean`). The way of a request is all on the transport's threads; the others deliver evidence and log behind the reply, and read what is measured.\n\n"
                                .formatted(
                                        CONCURRENCY,
                                        options.rounds(),
                                        options.measured().toSeconds())
                        + "* "
                        + MachineFacts.line()
                        + "\n\n"
                        + new MarkdownTable("server", "transport's threads", "all threads")
                                .row("plain", transport(plain).text(0), all(plain).text(0))
                                .row("Tidegate", onTransport.text(0), all(tidegate).text(0))
                                .text();
        return Promise.judged(
                text,
                List.of(
                        Promise.atMost(
                                "bytes a request beyond the plain handler's, on the way of the request",
                                MOST_BYTES,
                                Math.rint(onTransport.median() - transport(plain).median()),
                                "")));
    }

    private static Spread transport(List<Allocated> rounds) {
        return Spread.of(rounds.stream().mapToDouble(Allocated::transport));
    }

    private static Spread all(List<Allocated> rounds) {
        return Spread.of(rounds.stream().mapToDouble(Allocated::all));
    }
}
