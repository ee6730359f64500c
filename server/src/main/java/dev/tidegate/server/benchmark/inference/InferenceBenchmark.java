package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareRuns;
import dev.tidegate.server.inference.onnx.bare.BareServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        Path directory = Files.createTempDirectory("tidegate-benchmark");
        Path model =
                Files.write(
                        directory.resolve("trees.onnx"), new TreeGraph(new Random(SEED)).bytes());
        byte[] request = FixedRequestProtoMapper.message(new Random(SEED));
        Path framed =
                Files.write(
                        directory.resolve("framed.bin"), FixedRequestProtoMapper.framed(request));
        Path message = Files.write(directory.resolve("message.bin"), request);
        LoadClient client = LoadClient.choose(directory, framed, message);
        String alone = alone(directory, model);
        out.println("OrtSession.run alone: runs/s, p50 and p99 in µs: " + alone);
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
            InferenceTable table = new InferenceTable(client.name(), alone);
            warmUp(client, barePort, tidegate, out);
            measure(client, barePort, tidegate, table, out);
            requireRunning(tidegate);
            return table.text(options);
        }
    }

    private String alone(Path directory, Path model) throws InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(
                        directory.resolve("alone.err"),
                        BareRuns.class.getName(),
                        model.toString(),
                        Integer.toString(TreeGraph.COLUMNS),
                        "5",
                        Long.toString(options.measured().toSeconds()))) {
            return child.all().strip();
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
            PrintStream out)
            throws InterruptedException {
        for (int round = 0; round < options.rounds(); round++) {
            for (int concurrency : CONCURRENCIES) {
                boolean bareFirst = round % 2 == 0;
                if (bareFirst) {
                    add(table, out, InferenceTable.BARE, concurrency, client, barePort);
                }
                add(table, out, InferenceTable.TIDEGATE, concurrency, client, tidegate.port());
                tidegate.settle();
                if (!bareFirst) {
                    add(table, out, InferenceTable.BARE, concurrency, client, barePort);
                }
            }
        }
    }

    private void add(
            InferenceTable table,
            PrintStream out,
            String subject,
            int concurrency,
            LoadClient client,
            int port)
            throws InterruptedException {
        LoadResult result = client.load(port, concurrency, options.measured());
        table.add(subject, concurrency, result);
        out.printf(
                java.util.Locale.ROOT,
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
