package dev.tidegate.server.rollout;

/** Where a rollout stands. */
public enum RolloutState {
    RUNNING,
    /** A person stopped it from moving on; the gate may still roll it back. */
    HOLDING,
    /** All guardrails are SAFE and the plan wants a person's word. */
    AWAITING_APPROVAL,
    PROMOTED,
    ROLLED_BACK,
    /** Ended before live traffic. */
    ABORTED;

    boolean hasEnded() {
        return this == PROMOTED || this == ROLLED_BACK || this == ABORTED;
    }
}
