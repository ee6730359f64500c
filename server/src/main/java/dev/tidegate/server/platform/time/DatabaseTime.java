package dev.tidegate.server.platform.time;

import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The database's time on this replica's monotonic clock, learnt anew at each lease renewal. */
@Singleton
public final class DatabaseTime {
    private final MonotonicClock clock;
    private volatile @Nullable Reading newest;

    public DatabaseTime(MonotonicClock clock) {
        this.clock = clock;
    }

    /** Takes note of what the database said between two readings of the monotonic clock. */
    public void learn(long beforeNanos, long afterNanos, Instant said) {
        newest = new Reading(beforeNanos + (afterNanos - beforeNanos) / 2, said);
    }

    /** Returns whether a time is known at all. */
    public boolean isKnown() {
        return newest != null;
    }

    /** Returns the database's time at a reading of the monotonic clock. */
    public Instant at(long nanos) {
        Reading reading = newest;
        if (reading == null) {
            throw new IllegalStateException("the database has not said its time yet");
        }
        return reading.said.plusNanos(nanos - reading.nanos);
    }

    public Instant now() {
        return at(clock.nanos());
    }

    private record Reading(long nanos, Instant said) {}
}
