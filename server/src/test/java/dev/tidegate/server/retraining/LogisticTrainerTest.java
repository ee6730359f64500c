package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LogisticTrainerTest {
    private static final int ROWS = 500;

    /**
     * The optimum is where the penalised likelihood's gradient vanishes: Xᵀ(y − p) = λw, with λ =
     * 1.
     */
    @Test
    void findsTheOptimumOfThePenalisedLikelihood() {
        Examples examples = examples();
        List<NumberFeature> numbers = List.of(new NumberFeature("x", 10, 3));

        LogisticModel model = (LogisticModel) new LogisticTrainer(numbers).train(examples, 0);

        double[] probabilities = model.predict(examples.features());
        double[] gradient = new double[3];
        for (int row = 0; row < ROWS; row++) {
            double residual = (examples.isPositive(row) ? 1 : 0) - probabilities[row];
            gradient[0] += residual * (examples.features().at(row, 0) - 10) / 3;
            gradient[1] += residual * examples.features().at(row, 1);
            gradient[2] += residual;
        }
        assertThat(gradient[0]).isCloseTo(model.weights()[0], within(1e-6));
        assertThat(gradient[1]).isCloseTo(model.weights()[1], within(1e-6));
        assertThat(gradient[2]).isCloseTo(0, within(1e-6));
    }

    @Test
    void treatsAMissingNumberAsTheMean() {
        LogisticModel model =
                new LogisticModel(List.of(new NumberFeature("x", 10, 3)), new double[] {2}, 0.5);
        FeatureMatrix features = new FeatureMatrix(2, 1);
        features.set(0, 0, Float.NaN);
        features.set(1, 0, 10);

        double[] probabilities = model.predict(features);

        assertThat(probabilities[0]).isEqualTo(probabilities[1]);
    }

    private static Examples examples() {
        SplittableRandom random = new SplittableRandom(11);
        FeatureMatrix features = new FeatureMatrix(ROWS, 2);
        boolean[] labels = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            features.set(row, 0, (float) random.nextDouble(4, 16));
            features.set(row, 1, random.nextInt(2));
            labels[row] = random.nextDouble() * 16 < features.at(row, 0) + features.at(row, 1);
        }
        return new Examples(features, labels);
    }
}
