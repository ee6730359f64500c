package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real {@code tidegate serve} with its own PostgreSQL and a rollout that keeps running. */
final class TidegateSubject implements AutoCloseable {
    private static final String PROGRAM = "dev.tidegate.server.Tidegate";

    /** Half of the units for a day, and guardrails that a busy machine does not trip. */
    private static final String PLAN =
            """
      name: benchmark
      steps:
        - { weight: 50%, minimum-time: 24h, minimum-units: 1000000000 }
        - { promote: true, approval: true }
      guardrails:
        - { name: errors, metric: errors, tolerance: 0.01 }
        - { name: slow p95, metric: slow, quantile: 0.95, margin: 1s, tolerance: 0.05 }
      """;

    private final Path directory;
    private final Path home;
    private final ChildJvm server;
    private final int port;

    private TidegateSubject(Path directory, Path home, ChildJvm server, int port) {
        this.directory = directory;
        this.home = home;
        this.server = server;
        this.port = port;
    }

    static TidegateSubject start(Path directory, Path model) throws InterruptedException {
        Path home = directory.resolve("home");
        ChildJvm server =
                ChildJvm.start(
                        directory.resolve("tidegate.err"),
                        PROGRAM,
                        "serve",
                        "--home",
                        home.toString(),
                        "--http-port",
                        "0",
                        "--grpc-port",
                        "0",
                        "--management-port",
                        "0");
        TidegateSubject subject = new TidegateSubject(directory, home, server, port(server.line()));
        subject.register(model);
        return subject;
    }

    private static int port(String readyLine) {
        try {
            return JsonMapper.builder().build().readTree(readyLine).path("grpc").asInt();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tidegate serve said: " + readyLine, e);
        }
    }

    int port() {
        return port;
    }

    private void register(Path model) throws InterruptedException {
        String name = FixedRequestProtoMapper.MODEL;
        command(
                "model",
                "register",
                name,
                model.toString(),
                "--version",
                "1",
                "--alias",
                "champion");
        command("model", "register", name, model.toString(), "--version", "2");
    }

    /** Starts the rollout; the candidate gets its half once the champion's latency is known. */
    void startRollout() throws InterruptedException {
        try {
            Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN);
            command(
                    "rollout",
                    "start",
                    FixedRequestProtoMapper.MODEL,
                    "--candidate",
                    "2",
                    "--plan",
                    plan.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the plan cannot be written", e);
        }
    }

    /** Returns the candidate's share of units now. */
    double candidateWeight() throws InterruptedException {
        try {
            var route =
                    JsonMapper.builder()
                            .build()
                            .readTree(command("route", "show", FixedRequestProtoMapper.MODEL));
            for (var arm : route.path("arms")) {
                if (arm.path("role").asText().equals("candidate")) {
                    return arm.path("weight").asDouble();
                }
            }
            return 0;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tidegate route show gave no JSON", e);
        }
    }

    private String command(String... words) throws InterruptedException {
        String[] all = new String[words.length + 4];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--home";
        all[words.length + 1] = home.toString();
        all[words.length + 2] = "--output";
        all[words.length + 3] = "json";
        try (ChildJvm child = ChildJvm.start(directory.resolve("command.err"), PROGRAM, all)) {
            return child.all();
        }
    }

    /**
     * Waits until what is behind the replies has caught up, so that it burdens nobody else's turn.
     */
    void settle() throws InterruptedException {
        long before = server.cpuNanos();
        boolean busy = true;
        while (busy) {
            Thread.sleep(1_000);
            long now = server.cpuNanos();
            busy = now - before > 150_000_000;
            before = now;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
