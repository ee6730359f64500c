package dev.tidegate.workbench.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the key to present to a server. Connections are not encrypted, so a key goes only where it
 * belongs: TIDEGATE_TOKEN to the server that the workbench was started for, and the admin key in
 * the home of a server on this machine to that server.
 *
 * @param started the server that the workbench was started for
 */
public record KeyFinder(Map<String, String> environment, Path home, ServerAddress started) {
    public KeyFinder {
        environment = Map.copyOf(environment);
    }

    public Optional<String> find(ServerAddress server) {
        boolean here = server.equals(started);
        Optional<String> token =
                Optional.of(environment.getOrDefault("TIDEGATE_TOKEN", "").strip())
                        .filter(key -> here && !key.isEmpty());
        boolean ofThisHome =
                (here && server.isLoopback())
                        || ServerFile.read(home).filter(server::equals).isPresent();
        return token.or(() -> ofThisHome ? fromHome() : Optional.empty());
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
