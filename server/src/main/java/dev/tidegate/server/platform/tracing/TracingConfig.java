package dev.tidegate.server.platform.tracing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where traces go.
 *
 * @param endpoint URL of a collector that takes OTLP over HTTP, such as {@code
 *     http://127.0.0.1:4318/v1/traces}; empty: none
 * @param token sent to the collector as {@code Authorization: Bearer}; empty: none
 * @param sampleRatio share of the requests that are traced when they come without a {@code
 *     traceparent}; what comes with one follows its caller
 * @param serviceName what the traces call this server
 * @param timeout of one delivery
 * @param queue spans that wait for their delivery at most; more are dropped and counted
 */
@ConfigurationProperties("tidegate.tracing")
public record TracingConfig(
        @Bindable(defaultValue = "") String endpoint,
        @Bindable(defaultValue = "") String token,
        @Bindable(defaultValue = "0.01") double sampleRatio,
        @Bindable(defaultValue = "tidegate") String serviceName,
        @Bindable(defaultValue = "10s") Duration timeout,
        @Bindable(defaultValue = "8192") int queue) {
    public TracingConfig {
        if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
            throw new IllegalArgumentException(
                    "tidegate.tracing.sample-ratio is %s, expected 0 to 1".formatted(sampleRatio));
        }
        if (!endpoint.isEmpty() && !isHttp(endpoint)) {
            throw new IllegalArgumentException(
                    "tidegate.tracing.endpoint is '%s', expected a URL such as http://127.0.0.1:4318/v1/traces"
                            .formatted(endpoint));
        }
        if (!timeout.isPositive() || queue < 1 || serviceName.isBlank()) {
            throw new IllegalArgumentException(
                    "tidegate.tracing has timeout %s, queue %d and service-name '%s'; expected a time above 0, at least 1 and a name"
                            .formatted(timeout, queue, serviceName));
        }
    }

    boolean isOn() {
        return !endpoint.isEmpty();
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && scheme != null
                    && scheme.toLowerCase(Locale.ROOT).matches("https?");
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "TracingConfig[endpoint=%s, sampleRatio=%s]".formatted(endpoint, sampleRatio);
    }
}
