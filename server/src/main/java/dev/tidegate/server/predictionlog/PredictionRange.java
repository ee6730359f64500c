package dev.tidegate.server.predictionlog;

import java.time.Instant;

/**
 * One model's predictions of a time.
 *
 * @param model name
 * @param from first time, to the millisecond
 * @param to time behind the last
 */
public record PredictionRange(String model, Instant from, Instant to) {
    public PredictionRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "predictions from %s to %s: expected a time and a later one"
                            .formatted(from, to));
        }
    }
}
