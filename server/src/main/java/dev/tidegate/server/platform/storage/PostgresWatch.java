package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.PeriodicTask;
import dev.tidegate.server.platform.time.ReadableTime;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the embedded PostgreSQL again when it has ended by itself: at once, and then with pauses
 * that double up to half a minute.
 */
@Singleton
@Requires(missingProperty = "tidegate.storage.url")
public final class PostgresWatch implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How long people are told of an end that is over. */
    private static final Duration IS_NEWS = Duration.ofMinutes(5);

    private final EmbeddedPostgres postgres;
    private final MonotonicClock monotonic;
    private final Clock clock;
    private Duration pause = PERIOD;
    private long triedAt;
    private volatile @Nullable String failure;
    private volatile @Nullable Instant restartedAt;
    private @Nullable PeriodicTask task;

    PostgresWatch(EmbeddedPostgres postgres, MonotonicClock monotonic, Clock clock) {
        this.postgres = postgres;
        this.monotonic = monotonic;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return FIRST_KEY - 1;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("postgresql-watch", PERIOD, this::round);
    }

    /** Returns what people should know of it; empty when it runs and has not ended of late. */
    public Optional<String> problem() {
        String failing = failure;
        Instant restarted = restartedAt;
        if (failing != null) {
            return Optional.of("the embedded PostgreSQL has ended: " + failing);
        }
        return restarted != null && restarted.isAfter(clock.instant().minus(IS_NEWS))
                ? Optional.of(
                        "the embedded PostgreSQL had ended and was started again at "
                                + ReadableTime.of(restarted))
                : Optional.empty();
    }

    private void round() {
        if (postgres.isListening()) {
            failure = null;
            pause = PERIOD;
        } else if (failure == null) {
            LOG.error("the embedded PostgreSQL has ended; starting it again");
            failure = "it is being started again";
            restart();
        } else if (monotonic.nanos() - triedAt >= pause.toNanos()) {
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            restart();
        }
    }

    private void restart() {
        try {
            postgres.restart();
            restartedAt = clock.instant();
            failure = null;
            pause = PERIOD;
            LOG.info("the embedded PostgreSQL runs again");
        } catch (TidegateException e) {
            failure = e.text() + "; the next try is in " + ReadableTime.of(pause);
            LOG.error("the embedded PostgreSQL cannot be started again: {}", failure);
        }
        triedAt = monotonic.nanos();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
