package dev.tidegate.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built server as a process of its own, on free ports and a home of its own. */
final class RealServer implements AutoCloseable {
    private static final Path DISTRIBUTION =
            Path.of("..", "server", "target", "tidegate").toAbsolutePath().normalize();

    private final Path home;
    private final Process process;
    private final int port;

    private RealServer(Path home, Process process, int port) {
        this.home = home;
        this.process = process;
        this.port = port;
    }

    /** Starts a server on a free port and waits for its ready line. */
    static RealServer start(Path home) {
        return start(home, 0);
    }

    /** Starts a server on this gRPC port and waits for its ready line. */
    static RealServer start(Path home, int grpcPort) {
        Process process =
                run(
                        home.resolveSibling("server.log"),
                        List.of(
                                "serve",
                                "--home",
                                home.toString(),
                                "--http-port",
                                "0",
                                "--grpc-port",
                                Integer.toString(grpcPort),
                                "--management-port",
                                "0"));
        try {
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException(
                        "The server ended before it was ready, see "
                                + home.resolveSibling("server.log"));
            }
            JsonNode ready = new ObjectMapper().readTree(line);
            return new RealServer(home, process, ready.path("grpc").asInt());
        } catch (IOException e) {
            throw new UncheckedIOException("The server's ready line cannot be read", e);
        }
    }

    /**
     * Trains a version of churn and returns the folder with the graph, its signature and rows it
     * has not seen.
     */
    static Path train(Path folder, String... columns) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--data",
                                DISTRIBUTION.resolve("data/telco-churn.csv").toString(),
                                "--target",
                                "churn"));
        arguments.addAll(List.of("--name", "churn", "--algorithm", "logistic", "--accept", "all"));
        arguments.addAll(List.of("--out", folder.toString()));
        if (columns.length > 0) {
            arguments.addAll(List.of("--columns", String.join(",", columns)));
        }
        Process process = run(folder.resolveSibling("train.log"), arguments);
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    "Training failed: " + Files.readString(folder.resolveSibling("train.log")));
        }
        return folder;
    }

    private static Process run(Path log, List<String> arguments) {
        Path program = DISTRIBUTION.resolve("bin/tidegate");
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("Build the server first, it is not there: " + program);
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("TIDEGATE_JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    int port() {
        return port;
    }

    String adminKey() throws IOException {
        return Files.readString(home.resolve("admin-key")).strip();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
