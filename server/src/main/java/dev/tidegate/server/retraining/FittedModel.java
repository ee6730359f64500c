package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.Dataset;

/**
 * A model with the preprocessing that its features come from.
 *
 * @param preprocessing from rows to features
 * @param model from features to probabilities
 */
record FittedModel(Preprocessing preprocessing, TrainedModel model) {

    /** Returns the trainer's own probability of the positive class for each of the rows. */
    double[] predict(Dataset dataset, int[] rows) {
        return model.predict(preprocessing.encode(dataset, rows));
    }
}
