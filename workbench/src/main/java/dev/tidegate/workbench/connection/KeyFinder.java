package dev.tidegate.workbench.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the key to present: TIDEGATE_TOKEN, else the admin key in the home of a server on this
 * machine, and that one only to a server on this machine.
 */
public record KeyFinder(Map<String, String> environment, Path home) {
    public KeyFinder {
        environment = Map.copyOf(environment);
    }

    /** Returns the key for the server, which crosses the network readable. */
    public Optional<String> find(ServerAddress server) {
        String token = environment.getOrDefault("TIDEGATE_TOKEN", "").strip();
        if (!token.isEmpty()) {
            return Optional.of(token);
        }
        return server.isLoopback() ? fromHome() : Optional.empty();
    }

    private Optional<String> fromHome() {
        Path file = home.resolve("admin-key");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(key -> !key.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException("Key file cannot be read: " + file, e);
        }
    }
}
