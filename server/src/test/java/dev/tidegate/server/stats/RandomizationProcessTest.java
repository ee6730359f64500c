package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Expected values: SciPy 1.17.1, log-sum-exp of the likelihood ratios multiplied event by event.
 */
final class RandomizationProcessTest {

    @Test
    void agreesWithLikelihoodRatiosMultipliedEventByEvent() {
        assertThat(harm(7, 3, 0.5).logE()).isCloseTo(0.4387311290474032, within(1e-12));
        assertThat(harm(12, 0, 0.05).logE()).isCloseTo(28.839205103840168, within(1e-12));
        assertThat(harm(0, 40, 0.25).logE()).isCloseTo(-2.9223876381770646, within(1e-12));
        assertThat(split(600, 400, 0.5).logE()).isCloseTo(17.138407397759945, within(1e-11));
        assertThat(split(10, 990, 0.05).logE()).isCloseTo(22.161388813775883, within(1e-11));
    }

    @Test
    void takesEachEventAtItsOwnWeightInAnyOrder() {
        RandomizationProcess forth = harm(3, 20, 0.05);
        add(forth, 6, 9, 0.2 / 0.95);
        add(forth, 5, 4, 1.0 / 3);
        RandomizationProcess back = harm(5, 4, 1.0 / 3);
        add(back, 6, 9, 0.2 / 0.95);
        add(back, 3, 20, 0.05);

        assertThat(forth.logE()).isCloseTo(2.4263054919226024, within(1e-12));
        assertThat(back.logE()).isEqualTo(forth.logE());
        assertThat(forth.events()).isEqualTo(47);
        assertThat(forth.eventsOnCandidate()).isEqualTo(14);
    }

    @Test
    void startsAtOneAndRisesWithEventsOnTheCandidateOnly() {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        assertThat(process.logE()).isCloseTo(0, within(1e-12));
        for (int i = 0; i < 50; i++) {
            double before = process.logE();
            process.add(i % 2 == 0, 0.3);
            assertThat(process.logE() > before).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void reachesExactlyWhatItsValueSays() {
        SplittableRandom random = new SplittableRandom(11);
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        for (int i = 0; i < 2_000; i++) {
            process.add(random.nextDouble() < 0.3, 0.25);
            assertThat(process.reaches(3.5)).isEqualTo(process.logE() >= 3.5);
        }
    }

    @Test
    void staysFiniteAtABillionEventsAndExtremeSplits() {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        for (int i = 0; i < 5_000_000; i++) {
            process.add(i % 100 == 0, 0.01);
        }
        assertThat(process.logE()).isNegative().isFinite();
        add(process, 200_000, 0, 0.01);
        assertThat(process.logE()).isGreaterThan(100).isFinite();
    }

    @Test
    void crossesItsThresholdInAtMostAlphaOfTheNullsUnderALookAtEachEvent() {
        SplittableRandom random = new SplittableRandom(5);
        int crossed = 0;
        for (int run = 0; run < 2_000; run++) {
            crossed += crosses(random, 400) ? 1 : 0;
        }
        assertThat(crossed / 2_000.0).isBetween(0.001, 0.05);
    }

    private static boolean crosses(SplittableRandom random, int events) {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        for (int i = 0; i < events; i++) {
            double weight = random.nextInt(1, 20) / 20.0;
            process.add(random.nextDouble() < weight, weight);
            if (process.reaches(-Math.log(0.05))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void refusesWeightsThatTellNothing() {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        for (double weight : new double[] {0, 1, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> process.add(true, weight))
                    .hasMessageContaining(String.valueOf(weight));
        }
    }

    private static RandomizationProcess harm(int candidate, int champion, double weight) {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.harm());
        add(process, candidate, champion, weight);
        return process;
    }

    private static RandomizationProcess split(int candidate, int champion, double weight) {
        RandomizationProcess process = new RandomizationProcess(OddsGrid.bothWays());
        add(process, candidate, champion, weight);
        return process;
    }

    private static void add(
            RandomizationProcess process, int candidate, int champion, double weight) {
        for (int i = 0; i < candidate; i++) {
            process.add(true, weight);
        }
        for (int i = 0; i < champion; i++) {
            process.add(false, weight);
        }
    }
}
