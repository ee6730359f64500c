package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others from asking this server through the browser of somebody who reaches it.
 *
 * <p>A browser says whose page asks: {@code Origin}, and {@code Sec-Fetch-Site} (W3C Fetch
 * Metadata). A page that has its own name resolve to 127.0.0.1 passes for the server's own; it is
 * known by the name, which is none of this machine's.
 */
@Singleton
final class BrowserGuard implements HttpGuard {
    private final List<String> origins;
    private final List<String> hosts;
    private final boolean loopback;

    BrowserGuard(HttpConfig config, EdgeConfig edge) {
        this.origins = config.allowedOrigins();
        this.hosts = config.allowedHosts();
        this.loopback = edge.isLoopback();
    }

    @Override
    public int getOrder() {
        return BROWSER;
    }

    @Override
    public void check(HttpRoute route, HttpHead head) {
        String authority = head.authority();
        if (loopback && authority != null && !isOurs(host(authority))) {
            throw TidegateException.notAllowed(
                    "host '%s' came to a server that listens for this machine alone; expected localhost, or a name of tidegate.http.allowed-hosts"
                            .formatted(Excerpt.of(authority)));
        }
        String origin = head.header("origin");
        if (origin == null) {
            requireNoForeignSite(head.header("sec-fetch-site"));
        } else if (!isKnown(origin, authority)) {
            throw TidegateException.notAllowed(
                    "a page of origin '%s' asks, expected one of this server, or of tidegate.http.allowed-origins"
                            .formatted(Excerpt.of(origin)));
        }
    }

    private static void requireNoForeignSite(@Nullable String site) {
        if ("cross-site".equals(site)) {
            throw TidegateException.notAllowed(
                    "a page of another site asks (sec-fetch-site: cross-site), expected one of this server");
        }
    }

    private boolean isKnown(String origin, @Nullable String authority) {
        String asked = origin.strip().toLowerCase(Locale.ROOT);
        if (origins.contains(asked)) {
            return true;
        }
        int scheme = asked.indexOf("://");
        return scheme > 0
                && authority != null
                && asked.substring(scheme + 3).equals(authority.strip().toLowerCase(Locale.ROOT));
    }

    private boolean isOurs(String host) {
        return hosts.contains(host)
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** Returns the authority without its port, in lower case; the whole of it when it is none. */
    private static String host(String authority) {
        String text = authority.strip().toLowerCase(Locale.ROOT);
        try {
            String host = URI.create("http://" + text).getHost();
            return host == null ? text : host;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
