package dev.tidegate.server.benchmark.log;

import java.time.Duration;

/**
 * What came of it.
 *
 * @param appended events that the journal took
 * @param lost events that it could not take
 * @param logged entries in the log afterwards
 * @param counted requests in the evidence afterwards
 * @param load how long was appended
 * @param behind how long the log needed after the last append
 * @param medianAppendNanos half of the appends were at most this long
 * @param p99AppendNanos 99 of 100 appends were at most this long
 * @param slowestAppendNanos the longest append
 * @param heapBytes most heap in use, garbage included
 * @param journalBytes most disk that the journal had
 * @param databaseBytes size of the database at the end
 */
public record LogBenchmarkResult(
        long appended,
        long lost,
        long logged,
        long counted,
        Duration load,
        Duration behind,
        long medianAppendNanos,
        long p99AppendNanos,
        long slowestAppendNanos,
        long heapBytes,
        long journalBytes,
        long databaseBytes) {

    /** Returns whether every event that was appended is in the log and in the evidence, once. */
    public boolean isComplete() {
        return lost == 0 && logged == appended && counted == appended;
    }

    /** Returns how many events were appended in a minute. */
    public long perMinute() {
        return appended * 60_000 / Math.max(1, load.toMillis());
    }
}
