package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where another server listens for gRPC.
 *
 * @param host a name or an IP address, IPv6 in brackets
 */
public record RemoteAddress(String host, int port, boolean tls) {
    private static final int LAST_PORT = 65_535;

    /** Returns the address of a text such as {@code grpc://host:8001}, {@code grpcs} with TLS. */
    public static RemoteAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        boolean tls = "grpcs".equals(uri.getScheme());
        boolean plain = "grpc".equals(uri.getScheme());
        boolean hasHost = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= LAST_PORT;
        if (!(tls || plain) || !hasHost) {
            throw refused(text);
        }
        RemoteAddress address = new RemoteAddress(uri.getHost(), uri.getPort(), tls);
        if (!address.toString().equals(text)) {
            throw refused(text);
        }
        return address;
    }

    private static TidegateException refused(String text) {
        return TidegateException.invalid(
                "the remote address '%s' came, expected grpc://HOST:PORT, or grpcs://HOST:PORT for TLS"
                        .formatted(Excerpt.of(text)));
    }

    @Override
    public String toString() {
        return (tls ? "grpcs://" : "grpc://") + host + ":" + port;
    }
}
