package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.Measured;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tidegate with everything on, beside a plain and a tuned handler and the runtime alone, in one
 * run.
 *
 * <p>They are measured in turn, another one first in each round, and Tidegate's log is given time
 * to catch up before the next one's turn.
 */
public final class InferenceBenchmark {
    static final List<Integer> CONCURRENCIES = List.of(1, 16, 64);

    private final RoundOptions options;
    private final PrintStream out;

    /**
     * @param out gets a line for each measurement
     */
    public InferenceBenchmark(RoundOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Returns the tables, and whether the promises are kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        HandlerSubject plain = bench.add(HandlerSubject.plain(bench.folder()));
        HandlerSubject tuned = bench.add(HandlerSubject.tuned(bench.folder()));
        TidegateSubject tidegate = bench.tidegate();
        List<Subject> subjects = List.of(plain, tuned, tidegate);
        bench.warmUp(subjects);
        bench.startRollout(tidegate);
        Rounds alone = new Rounds();
        Map<Integer, Rounds> atOnce = new TreeMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            alone.add(InferenceTable.ALONE, alone(bench.folder()));
            for (int concurrency : CONCURRENCIES) {
                round(
                        bench,
                        Turns.of(subjects, round),
                        Load.atOnce(concurrency, options.measured()),
                        atOnce.computeIfAbsent(concurrency, c -> new Rounds()));
            }
        }
        HalfLoad half = HalfLoad.measure(bench, tidegate, tuned, options);
        bench.requireRunning();
        return new InferenceTable(
                        bench.client().name(), options, alone, atOnce, half, bench.idlePercent())
                .judged();
    }

    private Measurement alone(BenchFolder folder) throws InterruptedException {
        return new Measurement(BareRun.measure(folder, 1, options), 0, 0);
    }

    private static void round(Bench bench, List<Subject> turns, Load load, Rounds rounds)
            throws InterruptedException {
        for (Subject subject : turns) {
            rounds.add(subject.name(), bench.measure(subject, subject.grpc(), load));
        }
    }
}
