package dev.tidegate.server.retraining;

/** What a trained graph does with a category that training has not seen. */
public enum UnknownCategory {
    /** The category counts as none of the known ones. */
    IGNORE,
    /** The graph fails on the row. */
    FAIL
}
