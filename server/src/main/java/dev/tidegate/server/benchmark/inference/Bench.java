package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Spread;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Servers that stay up side by side, each in a virtual machine of its own with the same flags, and
 * a client that asks one after the other.
 */
final class Bench implements AutoCloseable {
    private final BenchFolder folder;
    private final RoundOptions options;
    private final PrintStream out;
    private final LoadClient client;
    private final Deque<Subject> subjects = new ArrayDeque<>();
    private final List<RunningRollout> rollouts = new ArrayList<>();
    private final List<Double> idlePercent = new ArrayList<>();
    private final TraceSink sink;
    private int measured;

    /** What is measured on a bench. */
    interface Work {
        Measured on(Bench bench) throws IOException, InterruptedException;
    }

    /** Does the work on a bench with files of its own; nothing of both is left behind. */
    static Measured run(RoundOptions options, PrintStream out, Work work)
            throws IOException, InterruptedException {
        try (TemporaryFolder directory = TemporaryFolder.create("tidegate-benchmark-");
                Bench bench = new Bench(BenchFolder.fill(directory.path()), options, out)) {
            Measured measured = work.on(bench);
            bench.requireTraces();
            return measured;
        }
    }

    private Bench(BenchFolder folder, RoundOptions options, PrintStream out) throws IOException {
        this.folder = folder;
        this.options = options;
        this.out = out;
        this.client = LoadClient.choose(folder);
        this.sink = TraceSink.start();
    }

    BenchFolder folder() {
        return folder;
    }

    LoadClient client() {
        return client;
    }

    /** Takes a server in, which closing the bench ends. */
    <S extends Subject> S add(S subject) {
        subjects.push(subject);
        return subject;
    }

    /** Starts Tidegate with all telemetry, which closing the bench ends. */
    TidegateSubject tidegate() {
        return tidegate("Tidegate");
    }

    /**
     * Starts Tidegate with all telemetry: metrics, JSON log, and traces to a collector.
     *
     * @param name for the table, and of its home
     */
    TidegateSubject tidegate(String name) {
        return add(
                TidegateSubject.start(
                        folder,
                        name,
                        Map.of(
                                "TIDEGATE_TRACING_ENDPOINT",
                                sink.endpoint(),
                                "TIDEGATE_LOG_FORMAT",
                                "json")));
    }

    private void requireTraces() {
        if (measured > 0 && sink.deliveries() == 0) {
            throw new IllegalStateException("no trace was delivered, expected some");
        }
    }

    /** Refuses servers that do not answer all the same, then asks each for a while. */
    void warmUp(List<? extends Subject> all) throws IOException, InterruptedException {
        float expected = score(all.getFirst());
        for (Subject subject : all) {
            float score = score(subject);
            if (Math.abs(score - expected) > 1e-6f) {
                throw new IllegalStateException(
                        "%s answers %s, %s answers %s"
                                .formatted(all.getFirst().name(), expected, subject.name(), score));
            }
            client.load(subject.grpc(), Load.atOnce(16, options.warmUp())).requireAnswered();
        }
    }

    /** Returns what a server answers. */
    float score(Subject subject) throws IOException {
        return new GrpcProbeGateway(subject.grpc(), folder.message()).score();
    }

    /** Starts a rollout that runs from then on, unless the options are without. */
    void startRollout(TidegateSubject tidegate) throws IOException, InterruptedException {
        if (options.withRollout()) {
            rollouts.add(RunningRollout.start(tidegate, folder, client, out));
        }
        tidegate.settle();
    }

    /** Refuses the figures when the rollout has ended meanwhile. */
    void requireRunning() {
        rollouts.forEach(RunningRollout::requireRunning);
    }

    /** Asks one server; refuses figures in which a request failed. */
    Measurement measure(Subject subject, Target target, Load load) throws InterruptedException {
        return measure(subject, target, load, client);
    }

    Measurement measure(Subject subject, Target target, Load load, LoadClient by)
            throws InterruptedException {
        Measurement measured = observe(subject, target, load, by);
        measured.load().requireAnswered();
        return measured;
    }

    /**
     * Asks one server, with all processor time of it from here until it has settled. What failed is
     * counted.
     */
    Measurement observe(Subject subject, Target target, Load load, LoadClient by)
            throws InterruptedException {
        long cpu = subject.cpuNanos();
        long database = databaseNanos(subject);
        long counted = counted(subject);
        long failures = subject.failures();
        IdleTime others = IdleTime.of(subjects, subject);
        LoadResult result = by.load(target, load);
        measured++;
        others.percent().ifPresent(idlePercent::add);
        subject.settle();
        double answered = result.answered();
        Measurement measured =
                new Measurement(
                        confirmed(subject, result, counted, subject.failures() - failures),
                        (subject.cpuNanos() - cpu) / 1e3 / answered,
                        (databaseNanos(subject) - database) / 1e3 / answered);
        print(subject, load, measured);
        return measured;
    }

    private static long databaseNanos(Subject subject) {
        return switch (subject) {
            case TidegateSubject tidegate -> tidegate.databaseNanos();
            case HandlerSubject _ -> 0;
        };
    }

    private static long counted(Subject subject) {
        return switch (subject) {
            case TidegateSubject tidegate -> tidegate.counts().answered();
            case HandlerSubject _ -> 0;
        };
    }

    /**
     * h2load takes a gRPC error for an answer: what the server knows to have failed has, and what
     * it did not count as answered.
     */
    private static LoadResult confirmed(
            Subject subject, LoadResult result, long countedBefore, long failures) {
        long missing =
                subject instanceof TidegateSubject
                        ? result.answered() - (counted(subject) - countedBefore)
                        : 0;
        return result.withFailed(Math.max(0, Math.max(missing, failures - result.failed())));
    }

    /** Returns what Tidegate took of one processor in the turns of the others, percent. */
    Spread idlePercent() {
        return Spread.of(idlePercent.stream().mapToDouble(Double::doubleValue));
    }

    private void print(Subject subject, Load load, Measurement measured) {
        out.printf(
                Locale.ROOT,
                "%-14s %14s: %8.0f/s  p50 %7.0f µs  p99 %7.0f µs  %6.1f µs of CPU a request%n",
                subject.name(),
                load,
                measured.rps(),
                measured.p50(),
                measured.p99(),
                measured.cpuMicros());
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
        sink.close();
    }
}
