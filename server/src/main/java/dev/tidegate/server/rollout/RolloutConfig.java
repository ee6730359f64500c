package dev.tidegate.server.rollout;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Rules of rollouts.
 *
 * @param look how often the leader looks at the evidence
 * @param approvalValid how old a signed snapshot may be
 * @param fourEyes whether the one who started a rollout must not approve it
 * @param baselineWindow how much of the champion's newest latency is frozen
 * @param baselineRequests how many requests that must be at least
 * @param warmUp time after a version's first request on a replica that is not taken for the
 *     baseline
 * @param staleAfter age of a live replica's newest evidence at which the gate holds
 * @param lossCounts how long after the newest loss of evidence the gate holds
 */
@ConfigurationProperties("tidegate.rollout")
public record RolloutConfig(
        @Bindable(defaultValue = "1s") Duration look,
        @Bindable(defaultValue = "15m") Duration approvalValid,
        @Bindable(defaultValue = "true") boolean fourEyes,
        @Bindable(defaultValue = "60s") Duration baselineWindow,
        @Bindable(defaultValue = "500") long baselineRequests,
        @Bindable(defaultValue = "30s") Duration warmUp,
        @Bindable(defaultValue = "10s") Duration staleAfter,
        @Bindable(defaultValue = "60s") Duration lossCounts) {}
