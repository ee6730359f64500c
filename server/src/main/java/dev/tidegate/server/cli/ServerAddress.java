package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where a server takes gRPC calls.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    static final ServerAddress DEFAULT = new ServerAddress("127.0.0.1", 8001);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Reads {@code HOST:PORT}. */
    static ServerAddress parse(String text) {
        try {
            URI uri = new URI("grpc://" + text);
            boolean plain = uri.getRawPath().isEmpty() && uri.getRawUserInfo() == null;
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535 && plain) {
                return new ServerAddress(uri.getHost(), uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw malformed(text);
        }
        throw malformed(text);
    }

    private static TidegateException malformed(String text) {
        return TidegateException.invalid(
                "server '%s' is no address; expected HOST:PORT such as %s"
                        .formatted(text, DEFAULT));
    }

    /** Returns whether the server is on this machine, where a key may be taken from its home. */
    boolean isLoopback() {
        return LOOPBACK.contains(host);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
