package dev.tidegate.workbench.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StageWindowTest {
    private static final Instant START = Instant.EPOCH;

    private final StageWindow window = new StageWindow();

    private void read(int second, long requests, long nanosEach) {
        window.add(
                START.plusSeconds(second),
                List.of(new StageTotals("v1", requests, 0, 0, requests * nanosEach, 0)));
    }

    @Test
    void hasNoMeanWithoutRequests() {
        assertThat(window.means()).isEmpty();
        read(0, 5, 1000);
        assertThat(window.means().getFirst().requests()).isZero();
        assertThat(window.means().getFirst().totalMicros()).isNaN();
    }

    @Test
    void forgetsWhatIsOlderThanAMinute() {
        read(0, 0, 0);
        read(30, 100, 9000);
        read(90, 200, 9000);
        assertThat(window.length()).isEqualTo(Duration.ofMinutes(1));
        assertThat(window.means().getFirst().requests()).isEqualTo(100);
        assertThat(window.means().getFirst().computeMicros()).isEqualTo(9);
    }

    @Test
    void beginsAnewWithAVersionThatWasLoadedAgain() {
        read(0, 1000, 5000);
        read(2, 10, 7000);
        read(4, 30, 7000);
        assertThat(window.means().getFirst().requests()).isEqualTo(20);
        assertThat(window.means().getFirst().computeMicros()).isEqualTo(7);
    }
}
