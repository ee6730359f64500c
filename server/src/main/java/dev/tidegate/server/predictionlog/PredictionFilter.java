package dev.tidegate.server.predictionlog;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries are wanted; empty means any.
 *
 * @param model name
 * @param version that the request was routed to
 * @param rollout under which it was routed
 * @param failedOnly only what did not succeed on the arm that it was routed to
 * @param since oldest time of arrival
 */
public record PredictionFilter(
        Optional<String> model,
        Optional<String> version,
        Optional<UUID> rollout,
        boolean failedOnly,
        Optional<Instant> since) {

    /** Everything. */
    public static PredictionFilter all() {
        return new PredictionFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    public PredictionFilter ofModel(String name) {
        return new PredictionFilter(Optional.of(name), version, rollout, failedOnly, since);
    }

    public PredictionFilter ofVersion(String name) {
        return new PredictionFilter(model, Optional.of(name), rollout, failedOnly, since);
    }

    public PredictionFilter ofRollout(UUID id) {
        return new PredictionFilter(model, version, Optional.of(id), failedOnly, since);
    }

    public PredictionFilter thatFailed() {
        return new PredictionFilter(model, version, rollout, true, since);
    }

    public PredictionFilter since(Instant oldest) {
        return new PredictionFilter(model, version, rollout, failedOnly, Optional.of(oldest));
    }
}
