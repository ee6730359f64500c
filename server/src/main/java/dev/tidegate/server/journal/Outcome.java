package dev.tidegate.server.journal;

/** How the arm that a request was routed to fared, also when a failover then answered. */
public enum Outcome {
    /** Answered in time. */
    OK,
    /** The version's run failed. */
    FAILED,
    /** The client went away before the arm had answered. */
    CANCELLED,
    /** Still unfinished at the age at which evidence judges. */
    LATE;

    /** Returns whether the arm did what was asked of it. */
    public boolean isOk() {
        return this == OK;
    }
}
