package dev.tidegate.server.retraining;

/** Learns a model from examples; the same examples and seed give the same model. */
sealed interface Trainer permits LogisticTrainer, XgboostTrainer {

    TrainedModel train(Examples examples, long seed);
}
