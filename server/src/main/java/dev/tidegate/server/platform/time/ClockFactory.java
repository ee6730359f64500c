package dev.tidegate.server.platform.time;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** The real clocks and the real source of randomness. */
@Factory
final class ClockFactory {
    @Singleton
    Clock wallClock() {
        return Clock.systemUTC();
    }

    @Singleton
    MonotonicClock monotonicClock() {
        return System::nanoTime;
    }

    @Singleton
    SecureRandom secureRandom() {
        return new SecureRandom();
    }
}
