package dev.tidegate.server.inference.remote;

import dev.tidegate.server.platform.time.MonotonicClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Makes breakers whose time no jump of the wall clock touches. */
final class Breakers {
    private static final float PERCENT = 100;

    private final CircuitBreakerConfig config;

    Breakers(RemoteConfig remote, MonotonicClock clock) {
        config =
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                remote.window(),
                                remote.minimumRequests(),
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold((float) remote.failureShare() * PERCENT)
                        .waitDurationInOpenState(remote.openFor())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(new SteadyClock(clock, clock.nanos()))
                        .currentTimestampFunction(wall -> clock.nanos(), TimeUnit.NANOSECONDS)
                        .build();
    }

    CircuitBreaker of(String address) {
        return CircuitBreaker.of(address, config);
    }

    /** The monotonic clock, as one that the library takes. */
    private static final class SteadyClock extends Clock {
        private final MonotonicClock clock;
        private final long start;

        SteadyClock(MonotonicClock clock, long start) {
            this.clock = clock;
            this.start = start;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(clock.nanos() - start);
        }
    }
}
