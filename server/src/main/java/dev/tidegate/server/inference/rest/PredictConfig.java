package dev.tidegate.server.inference.rest;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Predictions from named features.
 *
 * @param defaultModel whom a request is for that names no model; null when it has to
 * @param maxRows of one request
 * @param maxBytes of one request's body, unpacked
 */
@ConfigurationProperties("tidegate.predict")
public record PredictConfig(
        @Nullable String defaultModel,
        @Bindable(defaultValue = "4096") int maxRows,
        @Bindable(defaultValue = "4194304") int maxBytes) {
    public PredictConfig {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "tidegate.predict has max-rows %d and max-bytes %d; expected at least 1 of both"
                            .formatted(maxRows, maxBytes));
        }
    }

    /** Refuses a body that is too large to be taken apart in memory. */
    void requireSize(int bytes) {
        if (bytes > maxBytes) {
            throw TidegateException.invalid(
                    "the body has %d bytes, expected at most %d (tidegate.predict.max-bytes); send fewer rows at a time"
                            .formatted(bytes, maxBytes));
        }
    }
}
