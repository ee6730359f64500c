package dev.tidegate.workbench.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a running server on this machine says its ports. */
public final class ServerFile {
    private ServerFile() {}

    /** The gRPC address in the home's {@code server.json}, if a server wrote one. */
    public static Optional<ServerAddress> read(Path home) {
        Path file = home.resolve("server.json");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            JsonNode port = new ObjectMapper().readTree(file.toFile()).path("grpc");
            return port.isInt()
                    ? Optional.of(new ServerAddress("127.0.0.1", port.asInt()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Server file cannot be read: " + file, e);
        }
    }
}
