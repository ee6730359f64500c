package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateDifferenceTest {
    private final RateDifference difference = new RateDifference(0.05);

    /**
     * Expected values: SciPy 1.17.1, least product over a grid of 4,000 champion rates, refined,
     * and Brent's root search.
     */
    @ParameterizedTest
    @CsvSource({
        "9500,95,500,5,-0.012486485452600282,0.023432347143551028",
        "500,0,500,0,-0.008291438216036699,0.008291438216036699",
        "9500,0,430,0,-0.0004380623170853642,0.01002266922892192",
        "1000,500,1000,480,-0.10056034716997989,0.06072429027196842",
        "99000,990,1000,30,0.0034403330264947997,0.042155016274384005",
    })
    void boundsTheDifference(long n0, long s0, long n1, long s1, double low, double high) {
        Trials champion = new Trials(n0, s0);
        Trials candidate = new Trials(n1, s1);
        assertThat(difference.low(champion, candidate)).isCloseTo(low, within(5e-9));
        assertThat(difference.high(champion, candidate)).isCloseTo(high, within(5e-9));
    }

    @Test
    void excludesExactlyWhatLiesAboveItsBound() {
        Trials champion = new Trials(3_000, 40);
        Trials candidate = new Trials(1_000, 11);
        double high = difference.high(champion, candidate);
        assertThat(difference.excludes(Margin.absolute(high + 1e-8), champion, candidate)).isTrue();
        assertThat(difference.excludes(Margin.absolute(high - 1e-8), champion, candidate))
                .isFalse();
    }

    @Test
    void needsFewerThanAThousandUnitsForOnePointWithoutAnyEvent() {
        assertThat(units(0, 0, 0.01)).isBetween(300L, 1_000L);
        assertThat(units(0.01, 0, 0.01)).isBetween(1_000L, 4_000L);
    }

    private static long units(double rate, double relative, double absolute) {
        return new UnitsToSafe(new Tolerance(absolute, relative), 0.05)
                .fromNothing(rate, rate, 0.5)
                .orElseThrow();
    }

    @Test
    void allowsMoreWhereTheToleranceIsRelativeAndTheRateHigh() {
        assertThat(units(0.2, 0.2, 0.01)).isLessThan(units(0.2, 0, 0.01) / 4);
        assertThat(units(0.001, 0.2, 0.01)).isEqualTo(units(0.001, 0, 0.01));
    }

    @Test
    void shrinksWithTrialsAndGrowsWithEvents() {
        double before = 1;
        for (int n = 10; n < 1_000_000; n *= 3) {
            double high = difference.high(new Trials(n, 0), new Trials(n, 0));
            assertThat(high).isLessThan(before);
            before = high;
        }
        for (int events = 0; events < 60; events += 7) {
            double less = difference.high(new Trials(500, 20), new Trials(500, events));
            assertThat(difference.high(new Trials(500, 20), new Trials(500, events + 7)))
                    .isGreaterThan(less);
        }
    }

    @Test
    void knowsTheExtremes() {
        assertThat(difference.high(Trials.NONE, new Trials(10, 0))).isEqualTo(1);
        assertThat(difference.low(new Trials(10, 0), Trials.NONE)).isEqualTo(-1);
        assertThat(difference.high(new Trials(1, 0), new Trials(1, 0))).isBetween(0.9, 1.0);
        assertThat(difference.high(new Trials(1, 1), new Trials(1, 1))).isBetween(0.9, 1.0);
        assertThat(difference.high(new Trials(1_000, 1_000), new Trials(1_000, 1_000)))
                .isBetween(0.0, 0.02);
        assertThat(difference.high(new Trials(1e9, 1e7), new Trials(1e9, 1e7)))
                .isBetween(1e-6, 2e-4);
        assertThat(difference.low(new Trials(100, 0), new Trials(100, 100))).isGreaterThan(0.8);
        assertThat(difference.excludes(Margin.absolute(0.01), Trials.NONE, new Trials(1e9, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.02, 0.4})
    void isFalselySafeInAtMostBetaOfTheRunsUnderALookAtEachTrial(double champion) {
        SplittableRandom random = new SplittableRandom(17);
        int wrong = 0;
        for (int run = 0; run < 1_000; run++) {
            wrong += everSafe(random, champion, champion + 0.05, 0.05) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(50);
    }

    private boolean everSafe(SplittableRandom random, double p, double q, double tolerance) {
        long[] n = {0, 0};
        long[] s = {0, 0};
        for (int trial = 0; trial < 600; trial++) {
            int arm = random.nextInt(4) == 0 ? 1 : 0;
            double swing = trial / 100 % 2 == 0 ? 0.02 : -0.02; // the rates move together
            n[arm]++;
            s[arm] += random.nextDouble() < (arm == 1 ? q : p) + swing ? 1 : 0;
            Trials champion = new Trials(n[0], s[0]);
            if (difference.excludes(Margin.absolute(tolerance), champion, new Trials(n[1], s[1]))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void boundsOneArmsRate() {
        RateInterval interval = new RateInterval(0.05);
        assertThat(interval.low(new Trials(1_000, 10)))
                .isCloseTo(0.0017144469190819905, within(2e-9));
        assertThat(interval.high(new Trials(1_000, 10)))
                .isCloseTo(0.02512442285611957, within(2e-9));
        assertThat(interval.low(new Trials(1_000, 0))).isZero();
        assertThat(interval.high(new Trials(1_000, 0)))
                .isCloseTo(0.004890363113240781, within(2e-9));
        assertThat(interval.low(new Trials(50, 25))).isCloseTo(0.26425353600382984, within(2e-9));
        assertThat(interval.high(new Trials(50, 25))).isCloseTo(0.7349195656600981, within(2e-9));
        assertThat(interval.high(Trials.NONE)).isEqualTo(1);
    }

    @Test
    void refusesTrialsThatCannotBe() {
        assertThatThrownBy(() -> new Trials(3, 4)).hasMessageContaining("4.0 events in 3.0 trials");
        assertThatThrownBy(() -> new Trials(Double.NaN, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RateDifference(0)).hasMessageContaining("0.0");
    }
}
