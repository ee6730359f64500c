package dev.tidegate.server.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.cli.RowFile;
import dev.tidegate.server.cli.ServerAddress;
import dev.tidegate.server.cli.ServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code tidegate demo-traffic}: the demo's client, until its standard input ends. */
@Command(
        name = "demo-traffic",
        hidden = true,
        description =
                "Sends the rows of a file until standard input ends, then writes what it has counted.")
public final class DemoTrafficCommand implements Callable<Integer> {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(10);

    @Option(names = "--port", required = true, description = "The server's gRPC port.")
    private int port;

    @Option(names = "--model", required = true, description = "The model to ask.")
    private String model;

    @Option(names = "--in", required = true, description = "CSV or JSON file with rows.")
    private Path rows;

    @Option(names = "--tally", required = true, description = "The file for what was counted.")
    private Path tallyFile;

    @Option(names = "--rate", defaultValue = "300", description = "Requests a second.")
    private int rate;

    @Option(names = "--units", defaultValue = "100000", description = "Different units.")
    private int units;

    @Option(names = "--seed", defaultValue = "7", description = "Seed of rows and units.")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TallyKeeper tally = new TallyKeeper();
        ServerAddress address = new ServerAddress("127.0.0.1", port);
        try (ServerConnection server =
                ServerConnection.open(address, Optional.empty(), LAST_ANSWERS)) {
            TrafficGenerator generator =
                    new TrafficGenerator(
                            new GrpcTrafficGateway(
                                    server.channel(), model, new RowFile(rows).rows(), tally),
                            tally,
                            Duration.ofSeconds(1).dividedBy(rate),
                            units,
                            new SplittableRandom(seed));
            write(tally.tally(send(generator, tally)));
        }
        return ExitCode.OK;
    }

    /** Returns how many seconds it sent. */
    private static double send(TrafficGenerator generator, TallyKeeper tally)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Thread sender = Thread.ofPlatform().name("traffic").start(generator);
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        generator.stop();
        sender.join();
        long end = System.nanoTime();
        while (tally.open() > 0 && System.nanoTime() - end < LAST_ANSWERS.toNanos()) {
            Thread.sleep(GLANCE);
        }
        return (end - start) / 1e9;
    }

    private void write(TrafficTally tally) throws IOException {
        Path whole = tallyFile.resolveSibling(tallyFile.getFileName() + ".part");
        Files.write(whole, JsonMapper.builder().build().writeValueAsBytes(tally));
        Files.move(whole, tallyFile);
    }
}
