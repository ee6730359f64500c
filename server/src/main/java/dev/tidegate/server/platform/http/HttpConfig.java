package dev.tidegate.server.platform.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What a client may do on the HTTP port.
 *
 * @param maxBodyBytes largest body, uncompressed; 0 means {@code tidegate.edge.max-message-bytes}
 * @param requestTimeout within which a request is there as a whole, from its first byte
 * @param idleTimeout after which a connection without a request is closed
 * @param compressFrom size in bytes from which answers are compressed for clients that take gzip
 * @param linger how long, at a shutdown, clients of open connections are still answered and told to
 *     go
 */
@ConfigurationProperties("tidegate.http")
public record HttpConfig(
        @Bindable(defaultValue = "0") int maxBodyBytes,
        @Bindable(defaultValue = "30s") Duration requestTimeout,
        @Bindable(defaultValue = "5m") Duration idleTimeout,
        @Bindable(defaultValue = "1024") int compressFrom,
        @Bindable(defaultValue = "1s") Duration linger) {
    public HttpConfig {
        if (maxBodyBytes < 0 || compressFrom < 0) {
            throw new IllegalArgumentException(
                    "tidegate.http.max-body-bytes is %d and compress-from is %d, expected neither negative"
                            .formatted(maxBodyBytes, compressFrom));
        }
        if (!requestTimeout.isPositive() || !idleTimeout.isPositive() || linger.isNegative()) {
            throw new IllegalArgumentException(
                    "tidegate.http has request-timeout %s, idle-timeout %s, linger %s; expected two time-outs above 0 and a linger that is not negative"
                            .formatted(requestTimeout, idleTimeout, linger));
        }
    }
}
