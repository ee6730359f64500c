package dev.tidegate.server.retraining;

/** What a trainer has learned. */
sealed interface TrainedModel permits LogisticModel, XgboostModel {

    /**
     * Returns the probability of the positive class for each row, as the trainer itself computes
     * it.
     */
    double[] predict(FeatureMatrix features);
}
