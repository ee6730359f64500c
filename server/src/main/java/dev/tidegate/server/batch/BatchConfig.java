package dev.tidegate.server.batch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Batch inference.
 *
 * @param rows how many rows run together
 * @param maxBytes of one input
 * @param maxStoredBytes of inputs and results of all jobs together, as long as they are kept
 * @param maxWaiting how many jobs may wait before more are refused
 * @param attempts how often a job is begun, at most: one that ends its server each time is given up
 * @param longestPause how long a job steps back for live requests that wait, at most, before its
 *     next rows run all the same
 * @param patience how long a job waits for a version that answers nobody, before it lets other jobs
 *     go first and begins again later
 * @param retention how long input and result of a job that has ended are kept
 */
@ConfigurationProperties("tidegate.batch")
public record BatchConfig(
        @Bindable(defaultValue = "256") int rows,
        @Bindable(defaultValue = "1073741824") long maxBytes,
        @Bindable(defaultValue = "10737418240") long maxStoredBytes,
        @Bindable(defaultValue = "100") int maxWaiting,
        @Bindable(defaultValue = "3") int attempts,
        @Bindable(defaultValue = "1s") Duration longestPause,
        @Bindable(defaultValue = "5m") Duration patience,
        @Bindable(defaultValue = "7d") Duration retention) {
    public BatchConfig {
        if (maxStoredBytes < maxBytes) {
            throw new IllegalArgumentException(
                    "tidegate.batch.max-stored-bytes is %d: expected at least max-bytes, %d"
                            .formatted(maxStoredBytes, maxBytes));
        }
        if (rows < 1 || maxBytes < 1 || maxWaiting < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "tidegate.batch has rows %d, max-bytes %d, max-waiting %d, attempts %d; expected at least 1 of each"
                            .formatted(rows, maxBytes, maxWaiting, attempts));
        }
        if (longestPause.isNegative() || patience.isNegative() || !retention.isPositive()) {
            throw new IllegalArgumentException(
                    "tidegate.batch has longest-pause %s, patience %s and retention %s; expected no negative pause or patience, and some retention"
                            .formatted(longestPause, patience, retention));
        }
    }
}
