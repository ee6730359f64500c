package dev.tidegate.server.benchmark.inference;

import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/**
 * What one measurement gave.
 *
 * @param rps answers a second
 * @param p50 half of them took at most so many microseconds
 * @param p95 of 100 of them 95 took at most so many microseconds
 * @param p99 of 100 of them 99 took at most so many microseconds
 * @param answered how many answers came, those of the client's own warm-up included
 * @param failed how many requests got an error, or nothing
 */
record LoadResult(double rps, double p50, double p95, double p99, long answered, long failed) {

    /**
     * Returns what a histogram of nanoseconds says.
     *
     * @param seconds in which it was filled
     */
    static LoadResult of(AbstractHistogram nanos, double seconds, long answered, long failed) {
        return new LoadResult(
                nanos.getTotalCount() / seconds,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(95) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                answered,
                failed);
    }

    /** Returns what a child printed: the figures with a blank between them. */
    static LoadResult parsed(String line) {
        String[] fields = line.strip().split(" ", -1);
        return new LoadResult(
                Double.parseDouble(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]));
    }

    /** Returns what {@link #parsed} reads. */
    String line() {
        return String.format(
                Locale.ROOT, "%.0f %.1f %.1f %.1f %d %d", rps, p50, p95, p99, answered, failed);
    }

    /** Returns the same with so many of the answers taken for failures. */
    LoadResult withFailed(long more) {
        return new LoadResult(rps, p50, p95, p99, answered - more, failed + more);
    }

    /** Refuses a measurement in which a request failed, or none was answered. */
    LoadResult requireAnswered() {
        if (failed > 0 || answered == 0) {
            throw new IllegalStateException(
                    "%d requests failed while %d were answered, expected no failure and some answers"
                            .formatted(failed, answered));
        }
        return this;
    }
}
