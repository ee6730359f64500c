package dev.tidegate.server.predictionlog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * One hour of ids of UUID version 7, whose blocks are one partition.
 *
 * @param number hours since 1970
 */
record LogHour(long number) implements Comparable<LogHour> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);
    private static final long MILLIS = Duration.ofHours(1).toMillis();

    static LogHour ofMillis(long millis) {
        return new LogHour(Math.floorDiv(millis, MILLIS));
    }

    static LogHour of(Instant instant) {
        return ofMillis(instant.toEpochMilli());
    }

    LogHour plus(long hours) {
        return new LogHour(number + hours);
    }

    String partition() {
        return "prediction_block_" + NAME.format(Instant.ofEpochMilli(number * MILLIS));
    }

    /** Returns the first ten seconds of the hour. */
    LogBucket firstBucket() {
        return new LogBucket(number * MILLIS / LogBucket.MILLIS);
    }

    /** Returns the smallest id of a millisecond; no id is of a time before 1970. */
    static UUID firstIdOf(Instant instant) {
        return new UUID(Math.max(0, instant.toEpochMilli()) << Short.SIZE, 0);
    }

    @Override
    public int compareTo(LogHour other) {
        return Long.compare(number, other.number);
    }
}
