package dev.tidegate.server.evidence;

import dev.tidegate.server.platform.time.ReadableTime;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long rows of evidence stay in the database.
 *
 * @param retention of rows that no rollout's step counted, at least an hour
 * @param rolloutRetention of the rows that a rollout counted, from its end on; those of a rollout
 *     that has not ended always stay
 */
@ConfigurationProperties("tidegate.evidence")
public record EvidenceConfig(
        @Bindable(defaultValue = "48h") Duration retention,
        @Bindable(defaultValue = "90d") Duration rolloutRetention) {
    public EvidenceConfig {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "tidegate.evidence.retention is "
                            + ReadableTime.of(retention)
                            + ": expected at least 1 h");
        }
        if (rolloutRetention.isNegative()) {
            throw new IllegalArgumentException(
                    "tidegate.evidence.rollout-retention is "
                            + ReadableTime.of(rolloutRetention)
                            + ": expected none below zero");
        }
    }
}
