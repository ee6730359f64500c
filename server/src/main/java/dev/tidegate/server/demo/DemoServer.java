package dev.tidegate.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.cli.ServerAddress;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own.
 *
 * @param address where it takes calls
 * @param adminKey the key that it left in its home
 */
record DemoServer(ServerAddress address, String adminKey) {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    /** Starts a server on the home and returns when it takes calls. */
    static DemoServer start(Children children, Path home, Path log) {
        Process process =
                children.tidegate(
                        List.of("-XX:+ExitOnOutOfMemoryError"),
                        List.of(
                                "serve",
                                "--home",
                                home.toString(),
                                "--http-port",
                                "0",
                                "--grpc-port",
                                "0",
                                "--management-port",
                                "0"),
                        log);
        JsonNode ready = ready(process, log);
        return new DemoServer(
                new ServerAddress("127.0.0.1", ready.path("grpc").asInt()), key(home));
    }

    private static JsonNode ready(Process process, Path log) {
        CompletableFuture<JsonNode> ready =
                CompletableFuture.supplyAsync(() -> firstLine(process), Thread::startVirtualThread)
                        .orTimeout(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return ready.join();
        } catch (CompletionException e) {
            throw TidegateException.unavailable(
                    "the server did not start; see %s (%s)".formatted(log, e.getCause()));
        }
    }

    private static JsonNode firstLine(Process process) {
        try {
            BufferedReader lines = process.inputReader();
            String line = lines.readLine();
            if (line == null) {
                throw TidegateException.unavailable("it ended without a ready line");
            }
            return JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException e) {
            throw TidegateException.unavailable("its ready line is no JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("its ready line cannot be read", e);
        }
    }

    private static String key(Path home) {
        try {
            return Files.readString(home.resolve("admin-key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the server left no key", e);
        }
    }

    /** Opens a connection with the given key. */
    ServerConnection connect(String key) {
        return ServerConnection.open(address, Optional.of(key), CALL_LIMIT);
    }

    ServerConnection connectAsAdmin() {
        return connect(adminKey);
    }
}
