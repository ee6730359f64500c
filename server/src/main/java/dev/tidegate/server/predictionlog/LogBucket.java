package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.PredictionIds;
import java.util.UUID;

/**
 * Ten seconds of ids, whose predictions lie together.
 *
 * @param number ten-second intervals since 1970
 */
record LogBucket(long number) implements Comparable<LogBucket> {
    static final long MILLIS = 10_000;

    static LogBucket of(UUID id) {
        return new LogBucket(Math.floorDiv(PredictionIds.millisOf(id), MILLIS));
    }

    LogHour hour() {
        return LogHour.ofMillis(number * MILLIS);
    }

    @Override
    public int compareTo(LogBucket other) {
        return Long.compare(number, other.number);
    }
}
