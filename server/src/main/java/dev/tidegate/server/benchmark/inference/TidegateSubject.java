package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real {@code tidegate serve} with its own PostgreSQL, which answers with keys alone. */
final class TidegateSubject implements Subject {
    /** The program behind the command {@code tidegate}. */
    static final String PROGRAM = "dev.tidegate.server.Tidegate";

    /** Requests a second that the key may ask: a limit that is looked at and never met. */
    private static final String RATE = "10000000";

    /** A second with less work than this is one of rest: the server's periodic work goes on. */
    private static final long REST_NANOS = 150_000_000;

    private final String name;
    private final BenchFolder folder;
    private final Path home;
    private final ChildJvm server;
    private final JsonNode ready;
    private final List<String> headers;

    private TidegateSubject(
            String name, BenchFolder folder, Path home, ChildJvm server, String readyLine) {
        this.name = name;
        this.folder = folder;
        this.home = home;
        this.server = server;
        this.ready = json(readyLine);
        this.headers = List.of("authorization: Bearer " + key());
    }

    /**
     * Starts a server whose champion is version 1 of the model; version 2 is the same file.
     *
     * @param name for the table, and of its home
     * @param settings as variables of the environment
     */
    static TidegateSubject start(BenchFolder folder, String name, Map<String, String> settings) {
        Path home = folder.resolve("home-" + name.replace(' ', '-'));
        ChildJvm server = serve(folder, home, settings);
        TidegateSubject subject = new TidegateSubject(name, folder, home, server, server.line());
        subject.register("1", "--alias", "champion");
        subject.register("2");
        return subject;
    }

    private static ChildJvm serve(BenchFolder folder, Path home, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TIDEGATE_IDENTITY_INFERENCE_KEY", "always");
        return ChildJvm.startCounted(
                folder.resolve(home.getFileName() + ".err"),
                counts(folder, home),
                environment,
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
    }

    private static Path counts(BenchFolder folder, Path home) {
        return folder.resolve(home.getFileName() + ".port");
    }

    private String key() {
        return json(command("key", "create", "bench", "--role", "inference", "--rate", RATE))
                .path("key")
                .asText();
    }

    private void register(String version, String... more) {
        command(
                Stream.concat(
                                Stream.of(
                                        "model",
                                        "register",
                                        FixedRequestProtoMapper.MODEL,
                                        folder.model().toString(),
                                        "--version",
                                        version,
                                        "--signature",
                                        folder.signature().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Target.Grpc grpc() {
        return new Target.Grpc(ready.path("grpc").asInt(), headers);
    }

    /**
     * Returns a way to ask over HTTP/1.1.
     *
     * @param more headers beside the key
     */
    Target.Rest rest(String path, Path body, String... more) {
        return new Target.Rest(
                ready.path("http").asInt(),
                path,
                body,
                Stream.concat(headers.stream(), Stream.of(more)).toList());
    }

    @Override
    public Allocations allocations() throws IOException {
        return Allocations.ask(counts(folder, home));
    }

    /** Returns the id of its process. */
    long pid() {
        return server.pid();
    }

    @Override
    public long cpuNanos() {
        return server.cpuNanos() + databaseNanos();
    }

    /** Returns the processor time that its PostgreSQL took so far, nanoseconds. */
    long databaseNanos() {
        try {
            Path file = home.resolve("postgres/data/postmaster.pid");
            return ProcessorTime.ofTree(Long.parseLong(Files.readAllLines(file).getFirst()));
        } catch (IOException e) {
            throw new UncheckedIOException("the server's PostgreSQL does not run", e);
        }
    }

    /** Returns what the server counts. */
    ServerCounts counts() {
        return ServerCounts.of(ready.path("management").asInt());
    }

    @Override
    public long failures() {
        return counts().failed();
    }

    /** Returns the key that the server left in its home. */
    String adminKey() throws IOException {
        return Files.readString(home.resolve("admin-key")).strip();
    }

    /** Returns what a command of the command line answers, asked of this server, as JSON. */
    JsonNode ask(String... words) {
        return json(command(words));
    }

    private String command(String... words) {
        String[] all =
                Stream.concat(
                                Stream.of(words),
                                Stream.of("--home", home.toString(), "--output", "json"))
                        .toArray(String[]::new);
        try (ChildJvm child = ChildJvm.start(folder.resolve("command.err"), PROGRAM, all)) {
            return child.all();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected JSON, got: " + text, e);
        }
    }

    @Override
    public void settle() throws InterruptedException {
        long before = cpuNanos();
        boolean busy = true;
        while (busy) {
            Thread.sleep(1_000);
            long now = cpuNanos();
            busy = now - before > REST_NANOS;
            before = now;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
