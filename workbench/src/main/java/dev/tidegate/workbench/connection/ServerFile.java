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
        return ready(home)
                .map(ready -> ready.path("grpc"))
                .filter(JsonNode::isInt)
                .map(port -> new ServerAddress("127.0.0.1", port.asInt()));
    }

    /** The certificate that the home's server presents, if that is the one meant and has TLS. */
    static Optional<Path> certificate(Path home, ServerAddress server) {
        return server.isLoopback()
                ? ready(home)
                        .filter(ready -> ready.path("grpc").asInt() == server.port())
                        .map(ready -> ready.path("tls").asText(""))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of)
                : Optional.empty();
    }

    private static Optional<JsonNode> ready(Path home) {
        Path file = home.resolve("server.json");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Server file cannot be read: " + file, e);
        }
    }
}
