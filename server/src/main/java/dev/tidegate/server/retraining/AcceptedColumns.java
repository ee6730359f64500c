package dev.tidegate.server.retraining;

/** Which columns a trained graph and its signature take. */
public enum AcceptedColumns {
    /** Those that the model learns from. */
    LEARNED,
    /**
     * All columns of the data set but the target, so that versions that learn from different ones
     * can stand in for each other.
     */
    ALL
}
