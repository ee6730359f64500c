package dev.tidegate.workbench.connection;

import java.util.Set;

/** Where a server listens for gRPC. */
public record ServerAddress(String host, int port) {
    public static final ServerAddress DEFAULT = new ServerAddress("127.0.0.1", 8001);

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    public ServerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("Expected a host name, got nothing");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Expected a port from 1 to 65535, got " + port);
        }
    }

    /** Reads {@code HOST:PORT}. */
    public static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new ServerAddress(
                    text.substring(0, Math.max(0, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Expected HOST:PORT, got '" + text + "'", e);
        }
    }

    /** Returns whether the server is on this machine, where a key may be taken from its home. */
    public boolean isLoopback() {
        return LOOPBACK.contains(host);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
