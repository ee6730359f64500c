package dev.tidegate.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReadProgressTest {
    private static final long LIMIT = 1_000;

    private final ReadProgress progress = new ReadProgress(LIMIT);

    @Test
    void endsAClientThatTakesAByteNowAndThen() {
        long left = 50_000_000;
        long now = 0;
        assertThat(progress.isStuck(left, now)).isFalse();
        while (now < LIMIT - 100) {
            now += 100;
            assertThat(progress.isStuck(left--, now)).isFalse();
        }
        assertThat(progress.isStuck(left, LIMIT + 100)).isTrue();
    }

    @Test
    void bearsASlowClientAsLongAsItReads() {
        long left = 50_000_000;
        for (long now = 0; now < 20 * LIMIT; now += LIMIT / 2) {
            assertThat(progress.isStuck(left, now)).isFalse();
            left -= 40_000;
        }
    }

    @Test
    void bearsAClientThatTakesAnswerAfterAnswer() {
        for (int i = 0; i < 20; i++) {
            assertThat(progress.isStuck(1_000_000L * (i + 1), i * LIMIT / 2)).isFalse();
        }
    }

    @Test
    void countsFromWhenThereIsSomethingToTake() {
        assertThat(progress.isStuck(0, 0)).isFalse();
        assertThat(progress.isStuck(0, 5 * LIMIT)).isFalse();
        assertThat(progress.isStuck(10, 5 * LIMIT + 1)).isFalse();
        assertThat(progress.isStuck(10, 6 * LIMIT)).isFalse();
        assertThat(progress.isStuck(10, 6 * LIMIT + 1)).isTrue();
    }
}
