package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareRuns;
import dev.tidegate.server.inference.onnx.bare.BareServer;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Tidegate with everything on, beside a bare handler and the runtime alone, in one run.
 *
 * <p>Both servers stay up, each in a virtual machine of its own with the same flags. They are
 * measured in turn, each first in every other round, and Tidegate's log is given time to catch up
 * before the other one's turn.
 */
public final class InferenceBenchmark {
    private static final List<Integer> CONCURRENCIES = List.of(1, 16, 64);
    private static final long SEED = 20_261_121;

    private final InferenceBenchmarkOptions options;

    public InferenceBenchmark(InferenceBenchmarkOptions options) {
        this.options = options;
    }

    /** Returns the table, having printed each measurement. */
    public String run(PrintStream out) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tidegate-benchmark-")) {
            return run(folder.path(), out);
        }
    }

    private String run(Path directory, PrintStream out) throws IOException, InterruptedException {
        Path model =
                Files.write(
                        directory.resolve("trees.onnx"), new TreeGraph(new Random(SEED)).bytes());
        byte[] request = FixedRequestProtoMapper.message(new Random(SEED));
        Path framed =
                Files.write(
                        directory.resolve("framed.bin"), FixedRequestProtoMapper.framed(request));
        Path message = Files.write(directory.resolve("message.bin"), request);
        LoadClient client = LoadClient.choose(directory, framed, message);
        try (ChildJvm bare =
                        ChildJvm.start(
                                directory.resolve("bare.err"),
                                BareServer.class.getName(),
                                model.toString());
                TidegateSubject tidegate = TidegateSubject.start(directory, model)) {
            int barePort = Integer.parseInt(bare.line());
            requireSame(
                    new GrpcProbeGateway(barePort, request).score(),
                    new GrpcProbeGateway(tidegate.port(), request).score());
            InferenceTable table = new InferenceTable(client.name());
            warmUp(client, barePort, tidegate, out);
            for (int round = 0; round < options.rounds(); round++) {
                add(table, out, InferenceTable.ALONE, 1, alone(directory, model));
                measure(client, barePort, tidegate, table, out, round % 2 == 0);
            }
            requireRunning(tidegate);
            return table.text(options);
        }
    }

    private LoadResult alone(Path directory, Path model) throws InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(
                        directory.resolve("alone.err"),
                        BareRuns.class.getName(),
                        model.toString(),
                        Integer.toString(TreeGraph.COLUMNS),
                        "5",
                        Long.toString(options.measured().toSeconds()))) {
            return LoadResult.parsed(child.all());
        }
    }

    private static void requireSame(float bare, float tidegate) {
        if (Math.abs(bare - tidegate) > 1e-6f) {
            throw new IllegalStateException(
                    "the bare handler answers %s and Tidegate %s".formatted(bare, tidegate));
        }
    }

    private void warmUp(LoadClient client, int barePort, TidegateSubject tidegate, PrintStream out)
            throws InterruptedException {
        client.load(barePort, 16, options.warmUp());
        tidegate.startRollout();
        Duration most = Duration.ofMinutes(3);
        Duration spent = Duration.ZERO;
        while (spent.compareTo(options.warmUp()) < 0 || tidegate.candidateWeight() == 0) {
            if (spent.compareTo(most) > 0) {
                throw new IllegalStateException(
                        "the rollout's candidate got no traffic within " + most);
            }
            client.load(tidegate.port(), 16, Duration.ofSeconds(10));
            spent = spent.plusSeconds(10);
        }
        tidegate.settle();
        out.println("warm: the candidate has " + tidegate.candidateWeight() + " of the units");
    }

    private void measure(
            LoadClient client,
            int barePort,
            TidegateSubject tidegate,
            InferenceTable table,
            PrintStream out,
            boolean bareFirst)
            throws InterruptedException {
        for (int concurrency : CONCURRENCIES) {
            LoadResult before = bareFirst ? load(client, barePort, concurrency) : null;
            LoadResult own = load(client, tidegate.port(), concurrency);
            tidegate.settle();
            LoadResult bare = before == null ? load(client, barePort, concurrency) : before;
            add(table, out, InferenceTable.BARE, concurrency, bare);
            add(table, out, InferenceTable.TIDEGATE, concurrency, own);
        }
    }

    private LoadResult load(LoadClient client, int port, int concurrency)
            throws InterruptedException {
        return client.load(port, concurrency, options.measured());
    }

    private static void add(
            InferenceTable table,
            PrintStream out,
            String subject,
            int concurrency,
            LoadResult result) {
        table.add(subject, concurrency, result);
        out.printf(
                Locale.ROOT,
                "%-10s %3d at once: %8.0f/s  p50 %7.0f µs  p99 %7.0f µs%n",
                subject,
                concurrency,
                result.rps(),
                result.p50(),
                result.p99());
    }

    private static void requireRunning(TidegateSubject tidegate) throws InterruptedException {
        if (tidegate.candidateWeight() == 0) {
            throw new IllegalStateException("the rollout ended while it was measured");
        }
    }
}
