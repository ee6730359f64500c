package dev.tidegate.server.inference.remote;

import java.util.concurrent.TimeUnit;

/**
 * Whether a server's newest answers are mostly failures.
 *
 * <p>The share of failures is a moving average in which each answer weighs a fifth; it fades with
 * time, so that a server that others stand in for is tried again. Suspicion begins above a half and
 * ends below a quarter.
 */
final class FailureShare {
    private static final double WEIGHT = 0.2;
    private static final double SUSPECT = 0.5;
    private static final double TRUSTED = 0.25;
    private static final double HALF_LIFE = TimeUnit.SECONDS.toNanos(10);

    /** Guarded by this. */
    private double share;

    /** Guarded by this; nanoseconds of the monotonic clock. */
    private long known;

    /** Guarded by this. */
    private boolean suspect;

    synchronized void add(boolean failed, long now) {
        fade(now);
        share += WEIGHT * ((failed ? 1 : 0) - share);
        judge();
    }

    synchronized boolean isSuspect(long now) {
        fade(now);
        judge();
        return suspect;
    }

    private void fade(long now) {
        share *= Math.pow(0.5, Math.max(0, now - known) / HALF_LIFE);
        known = now;
    }

    private void judge() {
        suspect = suspect ? share >= TRUSTED : share > SUSPECT;
    }
}
