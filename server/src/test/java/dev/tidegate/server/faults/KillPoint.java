package dev.tidegate.server.faults;

/** Where the server is when it is killed. */
enum KillPoint {
    /** Wherever it is at a random moment. */
    RANDOM,
    /** Rows of the prediction log are under way to the database. */
    COPY,
    /** A step change is committed, and the server has not been told so yet. */
    ROUTE_COMMIT,
    /** A step change has written part of its transaction. */
    ROUTE_WRITE;

    /** Returns the point of the n-th kill: each in turn. */
    static KillPoint ofKill(int number) {
        return values()[number % values().length];
    }

    boolean isStepChange() {
        return this == ROUTE_COMMIT || this == ROUTE_WRITE;
    }
}
