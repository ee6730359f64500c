package dev.tidegate.server.predictionlog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * One hour of ids of UUID version 7, whose blocks are one partition.
 *
 * @param number hours since 1970
 */
record LogHour(long number) implements Comparable<LogHour> {
    private static final String PARTITION = "prediction_block_";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='yyyy-MM-dd/'hour='HH").withZone(ZoneOffset.UTC);
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
        return PARTITION + NAME.format(begin());
    }

    /** Returns the hour of a partition. */
    static LogHour ofPartition(String name) {
        return parsed(name.substring(PARTITION.length()), NAME);
    }

    private static LogHour parsed(String text, DateTimeFormatter format) {
        return of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
    }

    /** Returns the folders of its files, such as {@code date=2026-03-04/hour=12}. */
    String folder() {
        return FOLDER.format(begin());
    }

    /** Returns the hour of such folders. */
    static LogHour ofFolder(String folder) {
        return parsed(folder, FOLDER);
    }

    Instant begin() {
        return Instant.ofEpochMilli(number * MILLIS);
    }

    /** Returns the smallest id that an hour may have. */
    UUID firstId() {
        return firstIdOf(begin());
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
