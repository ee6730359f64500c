package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LogLossTest {
    @Test
    void isTheMeanNegativeLogLikelihood() {
        double[] probabilities = {0.9, 0.2};
        boolean[] labels = {true, false};

        assertThat(LogLoss.of(probabilities, labels))
                .isCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, within(1e-12));
    }

    @Test
    void staysFiniteWhereAPredictionIsCertainAndWrong() {
        assertThat(LogLoss.of(new double[] {0}, new boolean[] {true})).isFinite().isGreaterThan(30);
    }
}
