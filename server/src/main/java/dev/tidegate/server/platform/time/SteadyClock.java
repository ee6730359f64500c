package dev.tidegate.server.platform.time;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock for what cannot be undone: by a clock that has just jumped nothing is old. A clock
 * that was set right, or a machine that was suspended, is believed after an hour without a jump.
 */
@Singleton
public final class SteadyClock {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

    /** What may lie between the two clocks from one look to the next. */
    private static final Duration MOST = Duration.ofMinutes(10);

    /** How long a clock must have gone evenly before it is believed again. */
    public static final Duration PROBATION = Duration.ofHours(1);

    private final Clock wall;
    private final MonotonicClock monotonic;

    /** Guarded by this. */
    private Instant seen;

    /** Guarded by this. */
    private long seenNanos;

    /** Guarded by this; null while the clock is believed. */
    private @Nullable Long believedFrom;

    public SteadyClock(Clock wall, MonotonicClock monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
        seen = wall.instant();
        seenNanos = monotonic.nanos();
    }

    /** Returns the time; nothing while the clock is not believed. */
    public synchronized Optional<Instant> instant() {
        Instant now = wall.instant();
        long nanos = monotonic.nanos();
        Duration jump = Duration.between(seen.plusNanos(nanos - seenNanos), now);
        seen = now;
        seenNanos = nanos;
        if (jump.abs().compareTo(MOST) > 0) {
            LOG.warn(
                    "this server's clock jumped by {}; what is removed for its age stays until the clock has gone evenly for {}",
                    ReadableTime.of(jump),
                    ReadableTime.of(PROBATION));
            believedFrom = nanos + PROBATION.toNanos();
        }
        if (believedFrom != null && nanos - believedFrom >= 0) {
            believedFrom = null;
        }
        return believedFrom == null ? Optional.of(now) : Optional.empty();
    }
}
