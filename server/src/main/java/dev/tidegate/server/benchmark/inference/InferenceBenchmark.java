package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareRuns;
import dev.tidegate.server.inference.onnx.bare.BareServer;
import dev.tidegate.server.inference.onnx.bare.TunedServer;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Tidegate with everything on, beside a plain and a tuned handler and the runtime alone, in one
 * run.
 *
 * <p>All servers stay up, each in a virtual machine of its own with the same flags. They are
 * measured in turn, another one first in each round, and Tidegate's log is given time to catch up
 * before the next one's turn.
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
        try (ChildJvm plain = handler(directory, "plain", BareServer.class, model);
                ChildJvm tuned = handler(directory, "tuned", TunedServer.class, model);
                TidegateSubject tidegate = TidegateSubject.start(directory, model)) {
            int plainPort = Integer.parseInt(plain.line());
            int tunedPort = Integer.parseInt(tuned.line());
            requireSame(score(plainPort, request), score(tunedPort, request));
            requireSame(score(plainPort, request), score(tidegate.port(), request));
            InferenceTable table = new InferenceTable(client.name());
            warmUp(client, List.of(plainPort, tunedPort), tidegate, out);
            for (int round = 0; round < options.rounds(); round++) {
                add(table, out, InferenceTable.ALONE, 1, alone(directory, model));
                List<Turn> turns =
                        new ArrayList<>(
                                List.of(
                                        new Turn(InferenceTable.PLAIN, plainPort),
                                        new Turn(InferenceTable.TUNED, tunedPort),
                                        new Turn(InferenceTable.TIDEGATE, tidegate.port())));
                Collections.rotate(turns, round);
                measure(client, turns, tidegate, table, out);
            }
            requireRunning(tidegate);
            return table.text(options);
        }
    }

    private static ChildJvm handler(Path directory, String name, Class<?> program, Path model) {
        return ChildJvm.start(
                directory.resolve(name + ".err"), program.getName(), model.toString());
    }

    private static float score(int port, byte[] request) throws IOException {
        return new GrpcProbeGateway(port, request).score();
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

    private static void requireSame(float plain, float other) {
        if (Math.abs(plain - other) > 1e-6f) {
            throw new IllegalStateException(
                    "the plain handler answers %s, another one %s".formatted(plain, other));
        }
    }

    private void warmUp(
            LoadClient client, List<Integer> handlers, TidegateSubject tidegate, PrintStream out)
            throws InterruptedException {
        for (int port : handlers) {
            client.load(port, 16, options.warmUp());
        }
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
            List<Turn> turns,
            TidegateSubject tidegate,
            InferenceTable table,
            PrintStream out)
            throws InterruptedException {
        for (int concurrency : CONCURRENCIES) {
            for (Turn turn : turns) {
                add(table, out, turn.name, concurrency, load(client, turn.port, concurrency));
                if (turn.port == tidegate.port()) {
                    tidegate.settle();
                }
            }
        }
    }

    private record Turn(String name, int port) {}

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
