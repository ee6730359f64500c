package dev.tidegate.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a server and the key for it. What the command line names comes first: {@code --server},
 * then the server of {@code --home}; then {@code TIDEGATE_SERVER}, then the server of the usual
 * home, then 127.0.0.1:8001.
 */
final class ServerLocator {
    private final @Nullable String server;
    private final @Nullable Path home;
    private final Map<String, String> environment;

    ServerLocator(@Nullable String server, @Nullable Path home, Map<String, String> environment) {
        this.server = server;
        this.home = home;
        this.environment = environment;
    }

    ServerAddress address() {
        if (server != null) {
            return ServerAddress.parse(server);
        }
        if (home != null) {
            return running(home)
                    .orElseThrow(
                            () ->
                                    TidegateException.unavailable(
                                            "no server runs on home %s: it has no server.json"
                                                    .formatted(home)));
        }
        String named = environment.get("TIDEGATE_SERVER");
        return named != null && !named.isBlank()
                ? ServerAddress.parse(named)
                : running(usualHome()).orElse(ServerAddress.DEFAULT);
    }

    /**
     * Returns {@code TIDEGATE_TOKEN}, else the first admin key of the home; that one only for a
     * server on this machine.
     */
    Optional<String> key(ServerAddress address) {
        String token = environment.get("TIDEGATE_TOKEN");
        if (token != null && !token.isBlank()) {
            return Optional.of(token.strip());
        }
        Path file = (home == null ? usualHome() : home).resolve("admin-key");
        return address.isLoopback() && Files.isReadable(file)
                ? Optional.of(content(file).strip())
                : Optional.empty();
    }

    private Path usualHome() {
        String named = environment.get("TIDEGATE_HOME");
        return named != null && !named.isBlank()
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".tidegate");
    }

    /** Returns the certificate that the server of the home presents, if that is the one meant. */
    Optional<Path> certificate(ServerAddress address) {
        return address.isLoopback()
                ? ready(home == null ? usualHome() : home)
                        .filter(ready -> ready.path("grpc").asInt() == address.port())
                        .map(ready -> ready.path("tls").asText(""))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of)
                : Optional.empty();
    }

    private static Optional<ServerAddress> running(Path home) {
        return ready(home).map(ready -> new ServerAddress("127.0.0.1", ready.path("grpc").asInt()));
    }

    private static Optional<JsonNode> ready(Path home) {
        Path file = home.resolve("server.json");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.builder().build().readTree(file.toFile()));
        } catch (IOException e) {
            throw TidegateException.unavailable(
                    "%s does not say where the server is: %s".formatted(file, e.getMessage()));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the key " + file + " cannot be read", e);
        }
    }
}
