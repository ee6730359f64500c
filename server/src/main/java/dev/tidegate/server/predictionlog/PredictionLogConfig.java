package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.time.ReadableTime;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long predictions are kept.
 *
 * @param retention how long entries stay in the database, at least an hour; whole hours go
 * @param parquetRetention how long they are kept in all: after {@code retention} as Parquet files
 *     in the artifact store; zero: none are written
 */
@ConfigurationProperties("tidegate.prediction-log")
public record PredictionLogConfig(
        @Bindable(defaultValue = "48h") Duration retention,
        @Bindable(defaultValue = "90d") Duration parquetRetention) {
    public PredictionLogConfig {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "tidegate.prediction-log.retention is " + retention + ": expected at least 1h");
        }
        if (!parquetRetention.isZero() && parquetRetention.compareTo(retention) <= 0) {
            throw new IllegalArgumentException(
                    "tidegate.prediction-log.parquet-retention is %s: expected 0, or more than tidegate.prediction-log.retention, %s"
                            .formatted(
                                    ReadableTime.of(parquetRetention), ReadableTime.of(retention)));
        }
    }

    /** Returns whether what leaves the database goes into Parquet files. */
    boolean writesParquet() {
        return !parquetRetention.isZero();
    }
}
