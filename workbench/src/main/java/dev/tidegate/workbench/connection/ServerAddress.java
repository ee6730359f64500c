package dev.tidegate.workbench.connection;

/** Where a server listens for gRPC. */
public record ServerAddress(String host, int port) {
    public static final ServerAddress DEFAULT = new ServerAddress("127.0.0.1", 8001);

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

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
