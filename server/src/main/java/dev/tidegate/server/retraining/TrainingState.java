package dev.tidegate.server.retraining;

/** The states of a run, in the order in which it passes through them. */
public enum TrainingState {
    QUEUED,
    VALIDATING,
    PREPARING,
    SEARCHING,
    TRAINING,
    EVALUATING,
    REGISTERED,
    FAILED,
    CANCELLED;

    boolean hasEnded() {
        return this == REGISTERED || this == FAILED || this == CANCELLED;
    }
}
