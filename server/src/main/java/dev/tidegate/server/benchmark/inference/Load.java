package dev.tidegate.server.benchmark.inference;

import java.time.Duration;

/**
 * How much a client asks.
 *
 * @param concurrency requests under way at a time; 0 when they come at an even rate
 * @param rate requests a second; 0 when each one follows an answer
 * @param duration in whole seconds
 */
record Load(int concurrency, double rate, Duration duration) {
    Load {
        if (concurrency < 0 || !(rate >= 0) || concurrency > 0 == rate > 0) {
            throw new IllegalArgumentException(
                    "%d at once and %s a second: expected one of them to be above 0"
                            .formatted(concurrency, rate));
        }
    }

    /** Returns a load in which the next request comes as soon as one is answered. */
    static Load atOnce(int concurrency, Duration duration) {
        return new Load(concurrency, 0, duration);
    }

    /** Returns a load whose requests come evenly, however long the answers take. */
    static Load paced(double rate, Duration duration) {
        return new Load(0, rate, duration);
    }

    boolean isPaced() {
        return rate > 0;
    }

    /** Returns how many connections carry it when each may carry several requests. */
    int connections() {
        return isPaced() ? LoadClient.CONNECTIONS : Math.min(concurrency, LoadClient.CONNECTIONS);
    }

    @Override
    public String toString() {
        return isPaced() ? "%,.0f a second".formatted(rate) : concurrency + " at once";
    }
}
