package dev.tidegate.workbench.control;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets no press through for a moment after what a button does has changed: the second click of a
 * double-click, or one that was aimed at the former meaning, must not do the new one.
 */
final class PressGuard {
    /** Longer than a double-click takes, shorter than reading the new words and deciding. */
    static final Duration SETTLING = Duration.ofMillis(600);

    private final LongSupplier nanos;
    private String meaning = "";
    private boolean settling;
    private long changedAt;

    /** The supplier gives nanoseconds of a monotonic clock. */
    PressGuard(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes what the button does from now on; the first time there is nothing to mix it up with.
     */
    void mean(String next) {
        if (!meaning.isEmpty() && !meaning.equals(next)) {
            settling = true;
            changedAt = nanos.getAsLong();
        }
        meaning = next;
    }

    boolean lets() {
        settling = settling && nanos.getAsLong() - changedAt < SETTLING.toNanos();
        return !settling;
    }
}
