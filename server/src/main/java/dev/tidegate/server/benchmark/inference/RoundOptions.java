package dev.tidegate.server.benchmark.inference;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp load on each server before the first round
 * @param measured length of one measurement
 * @param rounds measurements of each server at each concurrency, in turn
 * @param withRollout whether a rollout runs meanwhile, which takes a minute to begin
 */
public record RoundOptions(Duration warmUp, Duration measured, int rounds, boolean withRollout) {
    public RoundOptions {
        if (rounds < 1 || measured.toSeconds() < 1 || warmUp.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "%d rounds of %s after %s: expected at least 1 round and whole seconds"
                            .formatted(rounds, measured, warmUp));
        }
    }

    /** Returns what the project's own tables rest on. */
    public static RoundOptions full() {
        return new RoundOptions(Duration.ofSeconds(25), Duration.ofSeconds(5), 5, true);
    }

    /** Returns what shows that it runs; the figures say nothing. */
    public static RoundOptions brief() {
        return new RoundOptions(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, false);
    }
}
