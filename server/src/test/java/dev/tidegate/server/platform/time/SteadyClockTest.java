package dev.tidegate.server.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private Instant wall = NOON;
    private long nanos;
    private final Clock moving = ((InstantSource) () -> wall).withZone(ZoneOffset.UTC);
    private final SteadyClock clock = new SteadyClock(moving, () -> nanos);

    @Test
    void believesAClockThatGoesEvenly() {
        for (int look = 0; look < 100; look++) {
            pass(Duration.ofHours(7));
            wall = wall.plusSeconds(300);
            assertThat(clock.instant()).contains(wall);
        }
    }

    @Test
    void believesNoClockThatHasJustJumpedEitherWay() {
        wall = wall.plus(Duration.ofDays(90));
        assertThat(clock.instant()).isEmpty();
        pass(Duration.ofMinutes(59));
        assertThat(clock.instant()).isEmpty();
        wall = wall.minus(Duration.ofDays(90));
        assertThat(clock.instant()).isEmpty();
        pass(Duration.ofMinutes(59));
        assertThat(clock.instant()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(clock.instant()).contains(NOON.plus(Duration.ofMinutes(119)));
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }
}
