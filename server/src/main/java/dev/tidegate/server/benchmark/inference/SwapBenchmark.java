package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Swaps of the champion in a row, while requests go on. */
public final class SwapBenchmark {
    private static final int CONCURRENCY = 16;

    /** What was not in memory before is there after a tenth of the swaps. */
    private static final int SHARE_FIRST = 10;

    private final RoundOptions options;
    private final int swaps;
    private final Duration calm;
    private final PrintStream out;

    /**
     * @param swaps at least 10
     * @param calm how long is measured without swaps before
     * @param out gets a line now and then
     */
    public SwapBenchmark(RoundOptions options, int swaps, Duration calm, PrintStream out) {
        if (swaps < SHARE_FIRST) {
            throw new IllegalArgumentException(
                    "%d swaps, expected at least %d".formatted(swaps, SHARE_FIRST));
        }
        this.options = options;
        this.swaps = swaps;
        this.calm = calm;
        this.out = out;
    }

    /** Returns the table, and whether the promises are kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        TidegateSubject tidegate = bench.tidegate();
        bench.warmUp(List.of(tidegate));
        try (ChildJvm load = load(bench.folder(), tidegate);
                ChampionSwaps champions =
                        new ChampionSwaps(tidegate.grpc().port(), tidegate.adminKey())) {
            next(load, options.warmUp());
            LoadResult before = next(load, calm);
            long begin = System.nanoTime();
            ResidentMemory memory = new ResidentMemory(tidegate.pid());
            int first = swaps / SHARE_FIRST;
            swap(champions, first);
            double early = memory.mebibytes();
            swap(champions, swaps - first);
            double late = memory.mebibytes();
            double seconds = (System.nanoTime() - begin) / 1e9;
            LoadResult during = next(load, Duration.ZERO);
            LoadResult after = next(load, calm);
            return judged(new Seen(before, during, after, early, late, seconds));
        }
    }

    /**
     * What was seen.
     *
     * @param early mebibytes after the first tenth of the swaps
     * @param late mebibytes after the last one
     * @param seconds that all swaps took
     */
    private record Seen(
            LoadResult before,
            LoadResult during,
            LoadResult after,
            double early,
            double late,
            double seconds) {}

    private static ChildJvm load(BenchFolder folder, TidegateSubject tidegate) {
        return ChildJvm.start(
                folder.resolve("load.err"),
                SteadyLoad.class.getName(),
                Integer.toString(tidegate.grpc().port()),
                Integer.toString(CONCURRENCY),
                folder.message().toString(),
                tidegate.grpc().headers().getFirst());
    }

    /** Waits, and returns what came since this was asked last. */
    private static LoadResult next(ChildJvm load, Duration wait) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        load.ask();
        return LoadResult.parsed(load.line());
    }

    private void swap(ChampionSwaps champions, int count) throws InterruptedException {
        long begin = System.nanoTime();
        for (int swap = 0; swap < count; swap++) {
            champions.swap();
        }
        out.printf(Locale.ROOT, "%d swaps in %.1f s%n", count, (System.nanoTime() - begin) / 1e9);
    }

    private Measured judged(Seen seen) {
        String text =
                String.format(
                                Locale.ROOT,
                                "%,d swaps of the champion in a row, there and back between two versions of the same file: load, make it the champion, unload the other one as soon as the new route is in force. %.0f ms a swap. Meanwhile %d requests at once by the bundled client, which sees the status of each. Resident memory of the server's process, without its PostgreSQL: %,.0f MiB after swap %,d, %,.0f MiB after swap %,d.%n%n* %s%n%n",
                                swaps,
                                1e3 * seen.seconds / swaps,
                                CONCURRENCY,
                                seen.early,
                                swaps / SHARE_FIRST,
                                seen.late,
                                swaps,
                                MachineFacts.line())
                        + new MarkdownTable("", "req/s", "p50 µs", "p95 µs", "p99 µs")
                                .row(cells("calm, before", seen.before))
                                .row(cells("swaps", seen.during))
                                .row(cells("calm, after", seen.after))
                                .text();
        return Promise.judged(text, promises(seen));
    }

    private static Object[] cells(String name, LoadResult result) {
        return new Object[] {
            name,
            number(result.rps()),
            number(result.p50()),
            number(result.p95()),
            number(result.p99())
        };
    }

    private static List<Promise> promises(Seen seen) {
        return List.of(
                Promise.atMost("failed requests", 0, (double) seen.after.failed(), ""),
                Promise.atMost(
                        "p99 during swaps, of the calm one before",
                        2,
                        seen.during.p99() / seen.before.p99(),
                        " times"),
                Promise.atMost(
                        "memory after the last swap, of that after the first tenth",
                        110,
                        100 * seen.late / seen.early,
                        " %"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
