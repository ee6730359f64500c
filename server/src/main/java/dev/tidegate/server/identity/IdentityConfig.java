package dev.tidegate.server.identity;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Optional;

/**
 * Who may ask models, and how fast.
 *
 * @param inferenceKey when a request needs a key
 * @param rate requests a second for a key that has no limit of its own; 0 for no limit
 * @param burst requests that may come at once; 0 for what one second allows
 */
@ConfigurationProperties("tidegate.identity")
public record IdentityConfig(
        @Bindable(defaultValue = "beyond-loopback") InferenceKey inferenceKey,
        @Bindable(defaultValue = "0") double rate,
        @Bindable(defaultValue = "0") int burst) {
    public IdentityConfig {
        if (!(rate >= 0) || rate > 1e9 || burst < 0) {
            throw new IllegalArgumentException(
                    "tidegate.identity has rate %s and burst %d; expected none negative"
                            .formatted(rate, burst));
        }
    }

    Optional<RateLimit> limit() {
        return rate == 0 ? Optional.empty() : Optional.of(RateLimit.of(rate, burst));
    }
}
