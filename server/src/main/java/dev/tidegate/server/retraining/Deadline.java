package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.ReadableTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Ends a run that takes longer than its budget. */
final class Deadline {

    private final Clock clock;
    private final Instant start;
    private final Duration budget;

    Deadline(Clock clock, Duration budget) {
        this.clock = clock;
        this.start = clock.instant();
        this.budget = budget;
    }

    /**
     * Does nothing while there is time left.
     *
     * @throws TidegateException when the budget is spent; the message says what could not begin
     */
    void check(String next) {
        if (elapsed().compareTo(budget) > 0) {
            throw TidegateException.precondition(
                    "the budget of %s is spent before %s; give a longer --budget"
                            .formatted(ReadableTime.of(budget), next));
        }
    }

    double elapsedSeconds() {
        return seconds(elapsed());
    }

    private Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
