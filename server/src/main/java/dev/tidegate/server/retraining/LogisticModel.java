package dev.tidegate.server.retraining;

import java.util.List;

/** Logistic regression: numbers standardised, the rest of the features taken as they are. */
final class LogisticModel implements TrainedModel {

    private final List<NumberFeature> numbers;
    private final double[] weights;
    private final double intercept;

    /** Takes the leading features' standardisation, a weight for each feature and the intercept. */
    LogisticModel(List<NumberFeature> numbers, double[] weights, double intercept) {
        this.numbers = List.copyOf(numbers);
        this.weights = weights.clone();
        this.intercept = intercept;
    }

    double intercept() {
        return intercept;
    }

    double[] weights() {
        return weights.clone();
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        double[] probabilities = new double[features.rows()];
        for (int row = 0; row < probabilities.length; row++) {
            double margin = intercept;
            for (int feature = 0; feature < weights.length; feature++) {
                margin += weights[feature] * value(numbers, features, row, feature);
            }
            probabilities[row] = 1 / (1 + Math.exp(-margin));
        }
        return probabilities;
    }

    /** Returns a feature as the regression sees it. */
    static double value(List<NumberFeature> numbers, FeatureMatrix features, int row, int feature) {
        float raw = features.at(row, feature);
        return feature < numbers.size() ? numbers.get(feature).standardise(raw) : raw;
    }
}
