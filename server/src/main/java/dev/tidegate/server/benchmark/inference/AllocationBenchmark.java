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

/** Bytes that a request allocates in Tidegate, beyond those of grpc-java with the same messages. */
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
        TidegateSubject tidegate = bench.tidegate();
        HandlerSubject echo = bench.add(HandlerSubject.echo(bench.folder(), bench.score(plain)));
        bench.warmUp(List.of(plain, echo, tidegate));
        bench.startRollout(tidegate);
        List<Allocated> ofEcho = new ArrayList<>();
        List<Allocated> ofPlain = new ArrayList<>();
        List<Allocated> ofTidegate = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            ofEcho.add(allocated(bench, echo));
            ofPlain.add(allocated(bench, plain));
            ofTidegate.add(allocated(bench, tidegate));
        }
        bench.requireRunning();
        return judged(ofEcho, ofPlain, ofTidegate);
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

    private Measured judged(List<Allocated> echo, List<Allocated> plain, List<Allocated> tidegate) {
        Spread onTransport = transport(tidegate);
        String text =
                "Bytes allocated a request, %d at once, %d rounds of %d s in turn; medians, in brackets the least and the greatest. Counted by the virtual machines themselves for each thread (`ThreadMXBean`). The way of a request is all on the transport's threads; the others deliver evidence and log behind the reply, and read what is measured. `echo` is grpc-java alone: messages stay bytes, the same answer to whatever is asked, no model.\n\n"
                                .formatted(
                                        CONCURRENCY,
                                        options.rounds(),
                                        options.measured().toSeconds())
                        + "* "
                        + MachineFacts.line()
                        + "\n\n"
                        + new MarkdownTable("server", "transport's threads", "all threads")
                                .row("echo", transport(echo).text(0), all(echo).text(0))
                                .row("plain", transport(plain).text(0), all(plain).text(0))
                                .row("Tidegate", onTransport.text(0), all(tidegate).text(0))
                                .text();
        return Promise.judged(
                text,
                List.of(
                        Promise.atMost(
                                "bytes a request beyond grpc-java's own, on the way of the request",
                                MOST_BYTES,
                                Math.rint(onTransport.median() - transport(echo).median()),
                                "")));
    }

    private static Spread transport(List<Allocated> rounds) {
        return Spread.of(rounds.stream().mapToDouble(Allocated::transport));
    }

    private static Spread all(List<Allocated> rounds) {
        return Spread.of(rounds.stream().mapToDouble(Allocated::all));
    }
}
