package dev.tidegate.server.benchmark.log;

import dev.tidegate.server.platform.time.ReadableTime;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much to log.
 *
 * @param home directory of the server that is made for it, with its own PostgreSQL
 * @param perMinute events appended a minute, at least 1,000
 * @param duration of the load
 * @param threads that append
 * @param requestBytes size of each request
 * @param responseBytes size of each response
 */
public record LogBenchmarkOptions(
        Path home,
        long perMinute,
        Duration duration,
        int threads,
        int requestBytes,
        int responseBytes) {
    public LogBenchmarkOptions {
        if (perMinute < 1_000 || threads < 1 || !duration.isPositive()) {
            throw new IllegalArgumentException(
                    "%d events a minute by %d threads for %s: expected at least 1000, 1 and some time"
                            .formatted(perMinute, threads, ReadableTime.of(duration)));
        }
    }

    /**
     * Returns what the product promises, 1,000,000 a minute for three minutes, and a hundredth
     * more: what is appended in a minute of the clock then is no less.
     */
    public static LogBenchmarkOptions standard(Path home) {
        return new LogBenchmarkOptions(home, 1_010_000, Duration.ofMinutes(3), 2, 300, 100);
    }

    /** Returns what shows that it runs; the figures say nothing. */
    public static LogBenchmarkOptions brief(Path home) {
        return new LogBenchmarkOptions(home, 60_000, Duration.ofSeconds(1), 2, 300, 100);
    }
}
