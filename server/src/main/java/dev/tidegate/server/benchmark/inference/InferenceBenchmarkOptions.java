package dev.tidegate.server.benchmark.inference;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp load on each server before the first round
 * @param measured length of one measurement
 * @param rounds measurements of each server at each concurrency, in turn
 */
public record InferenceBenchmarkOptions(Duration warmUp, Duration measured, int rounds) {
    public InferenceBenchmarkOptions {
        if (rounds < 1 || measured.toSeconds() < 1 || warmUp.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "%d rounds of %s after %s: expected at least 1 round and whole seconds"
                            .formatted(rounds, measured, warmUp));
        }
    }

    /** Returns what the project's own table rests on. */
    public static InferenceBenchmarkOptions full() {
        return new InferenceBenchmarkOptions(Duration.ofSeconds(25), Duration.ofSeconds(5), 5);
    }
}
