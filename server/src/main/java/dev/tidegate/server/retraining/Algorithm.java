package dev.tidegate.server.retraining;

/** The learning algorithms that a retraining can use. */
public enum Algorithm {
    /** Logistic regression with an L2 penalty on standardised features. */
    LOGISTIC,
    /** Gradient-boosted trees. */
    XGBOOST
}
