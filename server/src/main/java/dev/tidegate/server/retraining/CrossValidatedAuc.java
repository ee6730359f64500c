package dev.tidegate.server.retraining;

import java.util.List;

/**
 * Areas under the curve, one for each fold.
 *
 * @param folds the areas, each in [0, 1]
 */
record CrossValidatedAuc(List<Double> folds) {

    CrossValidatedAuc {
        folds = List.copyOf(folds);
    }

    double mean() {
        return folds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Returns the standard deviation of the folds' areas, with n − 1. */
    double deviation() {
        double mean = mean();
        double squares = folds.stream().mapToDouble(area -> (area - mean) * (area - mean)).sum();
        return Math.sqrt(squares / (folds.size() - 1));
    }
}
