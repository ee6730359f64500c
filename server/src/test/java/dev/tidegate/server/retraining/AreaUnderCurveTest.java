package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AreaUnderCurveTest {
    @Test
    void givesTheShareOfPairsInTheRightOrder() {
        assertThat(area(new double[] {0.1, 0.4, 0.35, 0.8}, false, false, true, true))
                .isEqualTo(0.75);
        assertThat(area(new double[] {0.1, 0.2, 0.3}, false, true, true)).isEqualTo(1);
        assertThat(area(new double[] {0.1, 0.2, 0.3}, true, false, false)).isEqualTo(0);
    }

    @Test
    void countsATieHalf() {
        assertThat(area(new double[] {0.5, 0.5, 0.5}, true, false, false)).isEqualTo(0.5);
        assertThat(area(new double[] {0.2, 0.5, 0.5, 0.9}, false, true, false, true))
                .isEqualTo(0.875);
    }

    @Test
    void equalsTheCountOverAllPairs() {
        SplittableRandom random = new SplittableRandom(3);
        double[] scores =
                random.doubles(200, 0, 1).map(score -> Math.rint(score * 20) / 20).toArray();
        boolean[] labels = new boolean[200];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = random.nextDouble() < scores[row];
        }

        assertThat(AreaUnderCurve.of(scores, labels))
                .isCloseTo(byPairs(scores, labels), within(1e-12));
    }

    @Test
    void isNotANumberWithoutBothClasses() {
        assertThat(area(new double[] {0.1, 0.2}, true, true)).isNaN();
    }

    private static double area(double[] scores, boolean... labels) {
        return AreaUnderCurve.of(scores, labels);
    }

    private static double byPairs(double[] scores, boolean[] labels) {
        double right = 0;
        double pairs = 0;
        for (int first = 0; first < scores.length; first++) {
            for (int second = 0; second < scores.length; second++) {
                if (labels[first] && !labels[second]) {
                    pairs++;
                    right += (Math.signum(scores[first] - scores[second]) + 1) / 2;
                }
            }
        }
        return right / pairs;
    }
}
