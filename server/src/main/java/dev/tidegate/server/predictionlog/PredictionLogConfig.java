package dev.tidegate.server.predictionlog;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The hot window of the log.
 *
 * @param retention how long entries stay in the database, at least an hour; whole hours are dropped
 */
@ConfigurationProperties("tidegate.prediction-log")
public record PredictionLogConfig(@Bindable(defaultValue = "48h") Duration retention) {
    public PredictionLogConfig {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "tidegate.prediction-log.retention is " + retention + ": expected at least 1h");
        }
    }
}
