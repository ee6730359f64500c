package dev.tidegate.server.retraining;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How a server runs retrainings.
 *
 * @param concurrentRuns how many run at once; further ones wait
 * @param maxDataBytes the largest data set that is accepted
 */
@ConfigurationProperties("tidegate.retraining")
public record RetrainingConfig(
        @Bindable(defaultValue = "1") int concurrentRuns,
        @Bindable(defaultValue = "268435456") long maxDataBytes) {
    public RetrainingConfig {
        if (concurrentRuns < 1) {
            throw new IllegalArgumentException(
                    "tidegate.retraining.concurrent-runs must be at least 1, got "
                            + concurrentRuns);
        }
        if (maxDataBytes < 1) {
            throw new IllegalArgumentException(
                    "tidegate.retraining.max-data-bytes must be at least 1, got " + maxDataBytes);
        }
    }
}
