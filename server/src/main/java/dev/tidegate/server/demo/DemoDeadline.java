package dev.tidegate.server.demo;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;

/** When the story must be over. */
final class DemoDeadline {
    private final MonotonicClock clock;
    private final Duration limit;
    private final long start;

    DemoDeadline(MonotonicClock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
        this.start = clock.nanos();
    }

    /** Fails past the deadline. */
    void check(String unfinished) {
        if (passed().compareTo(limit) > 0) {
            throw TidegateException.unavailable(
                    "the demo took longer than %d s; %s".formatted(limit.toSeconds(), unfinished));
        }
    }

    /** Returns how long the story has been going on. */
    Duration passed() {
        return Duration.ofNanos(clock.nanos() - start);
    }
}
