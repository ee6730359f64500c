package dev.tidegate.workbench.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the key to present: TIDEGATE_TOKEN, else the admin key in the home of a server on this
 * machine.
 */
public record KeyFinder(Map<String, String> environment, Path home) {
    public KeyFinder {
        environment = Map.copyOf(environment);
    }

    public Optional<String> find() {
        String token = environment.getOrDefault("TIDEGATE_TOKEN", "").strip();
        return token.isEmpty() ? fromHome() : Optional.of(token);
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
