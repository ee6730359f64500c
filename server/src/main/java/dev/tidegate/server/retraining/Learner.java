package dev.tidegate.server.retraining;

/** Fits preprocessing and model to rows, by one algorithm. */
final class Learner {

    private final TrainingData data;
    private final Algorithm algorithm;
    private final long seed;

    Learner(TrainingData data, Algorithm algorithm, long seed) {
        this.data = data;
        this.algorithm = algorithm;
        this.seed = seed;
    }

    /** Returns what follows from these rows and from no others. */
    FittedModel fit(int[] rows) {
        Preprocessing preprocessing = Preprocessing.fit(data.learned(), rows);
        Examples examples =
                new Examples(
                        preprocessing.encode(data.dataset(), rows), data.target().labels(rows));
        return new FittedModel(preprocessing, trainer(preprocessing).train(examples, seed));
    }

    private Trainer trainer(Preprocessing preprocessing) {
        return switch (algorithm) {
            case LOGISTIC -> new LogisticTrainer(preprocessing.numbers());
            case XGBOOST -> new XgboostTrainer();
        };
    }
}
