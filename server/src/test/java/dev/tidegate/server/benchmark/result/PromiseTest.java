package dev.tidegate.server.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PromiseTest {
    @Test
    void isKeptAtItsLimitAndBrokenBeyondIt() {
        assertThat(Promise.atLeast("a", 90, 90, " %").holds()).isTrue();
        assertThat(Promise.atLeast("a", 90, 89.9, " %").holds()).isFalse();
        assertThat(Promise.atMost("a", 50, 50, " ms").holds()).isTrue();
        assertThat(Promise.atMost("a", 50, 50.1, " ms").holds()).isFalse();
    }

    @Test
    void isBrokenByWhatCouldNotBeMeasured() {
        assertThat(Promise.atLeast("a", 90, Double.NaN, " %").holds()).isFalse();
        assertThat(Promise.atMost("a", 50, Double.NaN, " ms").holds()).isFalse();
    }

    @Test
    void makesAPartFailWhenOneOfItsPromisesIsBroken() {
        Promise kept = Promise.atMost("errors", 0, 0, "");
        Promise broken = Promise.atLeast("rate", 1_000, 999.5, " req/s");

        assertThat(Promise.judged("text\n", List.of(kept)).holds()).isTrue();
        assertThat(Promise.judged("text\n", List.of(kept, broken)))
                .isEqualTo(
                        new Measured(
                                """
                                text

                                | promised | limit | measured | kept |
                                | --- | --- | --- | --- |
                                | errors | at most 0 | 0 | yes |
                                | rate | at least 1,000 req/s | 999.50 req/s | **no** |
                                """,
                                false));
    }

    @Test
    void tellsTheMedianAndHowFarTheRoundsLieApart() {
        assertThat(new Spread(List.of(3.0, 1.0, 2.0)).text(0)).isEqualTo("2 (1–3)");
        assertThat(new Spread(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(new Spread(List.of()).median()).isNaN();
        assertThat(new Spread(List.of()).text(1)).isEqualTo("-");
    }

    /** Student's t with 3 degrees of freedom has 97.5 % below 3.182. */
    @Test
    void givesAMeanWithItsInterval() {
        MeanInterval interval = MeanInterval.of(List.of(1.0, 2.0, 3.0, 4.0));

        assertThat(interval.mean()).isEqualTo(2.5);
        assertThat(interval.half()).isCloseTo(3.182 * 1.29099 / 2, within(1e-3));
        assertThat(MeanInterval.of(List.of(1.0)).half()).isNaN();
    }
}
