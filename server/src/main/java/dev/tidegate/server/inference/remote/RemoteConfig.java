package dev.tidegate.server.inference.remote;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How this replica treats the servers of remote versions.
 *
 * @param probeInterval how often each address is asked whether its model is ready
 * @param probeTimeout how long that may take
 * @param failedProbes how many in a row open an address's breaker
 * @param window how many of the newest requests of an address its breaker looks at
 * @param minimumRequests how many of them there must be before it may open
 * @param failureShare which share of them must have failed
 * @param openFor how long it stays open before one request or probe tries again
 * @param unansweredAfter a request without an answer counts as failed when it waited at least this
 *     long, or for its version's whole deadline
 * @param firstHedgeAfter when a second try begins while the times of a version are not known yet
 * @param hedgeBurst how many second tries may be saved up
 * @param maxAnswerBytes of one answer
 * @param certificateAuthorities PEM file of those that sign the servers' certificates; empty: those
 *     that Java knows
 */
@ConfigurationProperties("tidegate.remote")
public record RemoteConfig(
        @Bindable(defaultValue = "2s") Duration probeInterval,
        @Bindable(defaultValue = "1s") Duration probeTimeout,
        @Bindable(defaultValue = "2") int failedProbes,
        @Bindable(defaultValue = "20") int window,
        @Bindable(defaultValue = "5") int minimumRequests,
        @Bindable(defaultValue = "0.5") double failureShare,
        @Bindable(defaultValue = "2s") Duration openFor,
        @Bindable(defaultValue = "1s") Duration unansweredAfter,
        @Bindable(defaultValue = "30ms") Duration firstHedgeAfter,
        @Bindable(defaultValue = "10") int hedgeBurst,
        @Bindable(defaultValue = "67108864") int maxAnswerBytes,
        Optional<Path> certificateAuthorities) {
    public RemoteConfig {
        requirePositive("probe-interval", probeInterval);
        requirePositive("probe-timeout", probeTimeout);
        requirePositive("open-for", openFor);
        requirePositive("unanswered-after", unansweredAfter);
        requirePositive("first-hedge-after", firstHedgeAfter);
        requireAtLeastOne("failed-probes", failedProbes);
        requireAtLeastOne("window", window);
        requireAtLeastOne("minimum-requests", minimumRequests);
        requireAtLeastOne("hedge-burst", hedgeBurst);
        requireAtLeastOne("max-answer-bytes", maxAnswerBytes);
        if (minimumRequests > window) {
            throw new IllegalArgumentException(
                    "tidegate.remote.minimum-requests is %d, expected at most the window of %d"
                            .formatted(minimumRequests, window));
        }
        if (!(failureShare > 0 && failureShare <= 1)) {
            throw new IllegalArgumentException(
                    "tidegate.remote.failure-share is %s, expected more than 0 and at most 1"
                            .formatted(failureShare));
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "tidegate.remote.%s is %s, expected more than none".formatted(key, value));
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "tidegate.remote.%s is %d, expected at least 1".formatted(key, value));
        }
    }
}
