package dev.tidegate.server.platform.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a client may do on the HTTP port.
 *
 * @param maxBodyBytes largest body, uncompressed; 0 means {@code tidegate.edge.max-message-bytes}
 * @param maxWaitingBytes of the bodies of all connections until they are answered; 0 means a
 *     quarter of the heap, and at least two of the largest bodies
 * @param maxConnections how many clients may be connected at a time
 * @param requestTimeout within which a request is there as a whole, from its first byte
 * @param idleTimeout after which a connection without a request is closed
 * @param writeTimeout after which a connection is closed whose client takes nothing of its answer
 * @param compressFrom size in bytes from which answers are compressed for clients that take gzip
 * @param linger how long, at a shutdown, clients of open connections are still answered and told to
 *     go
 * @param allowedOrigins origins of pages, beside the server's own, whose requests are answered,
 *     such as {@code https://desk.example.com}
 * @param allowedHosts names, beside those of this machine, under which a server on loopback may be
 *     asked
 */
@ConfigurationProperties("tidegate.http")
public record HttpConfig(
        @Bindable(defaultValue = "0") int maxBodyBytes,
        @Bindable(defaultValue = "0") long maxWaitingBytes,
        @Bindable(defaultValue = "16384") int maxConnections,
        @Bindable(defaultValue = "30s") Duration requestTimeout,
        @Bindable(defaultValue = "5m") Duration idleTimeout,
        @Bindable(defaultValue = "30s") Duration writeTimeout,
        @Bindable(defaultValue = "1024") int compressFrom,
        @Bindable(defaultValue = "1s") Duration linger,
        @Bindable(defaultValue = "") List<String> allowedOrigins,
        @Bindable(defaultValue = "") List<String> allowedHosts) {
    public HttpConfig {
        if (maxBodyBytes < 0 || compressFrom < 0 || maxWaitingBytes < 0 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "tidegate.http has max-body-bytes %d, max-waiting-bytes %d, compress-from %d, expected none negative, and max-connections %d, expected at least 1"
                            .formatted(
                                    maxBodyBytes, maxWaitingBytes, compressFrom, maxConnections));
        }
        if (!requestTimeout.isPositive()
                || !idleTimeout.isPositive()
                || !writeTimeout.isPositive()
                || linger.isNegative()) {
            throw new IllegalArgumentException(
                    "tidegate.http has request-timeout %s, idle-timeout %s, write-timeout %s, linger %s; expected three time-outs above 0 and a linger that is not negative"
                            .formatted(requestTimeout, idleTimeout, writeTimeout, linger));
        }
        allowedOrigins = named(allowedOrigins);
        allowedHosts = named(allowedHosts);
    }

    private static List<String> named(List<String> list) {
        return list.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * @param largest body that is taken
     */
    long waitingBytes(int largest) {
        return maxWaitingBytes > 0
                ? maxWaitingBytes
                : Math.max(2L * largest, Runtime.getRuntime().maxMemory() / 4);
    }
}
