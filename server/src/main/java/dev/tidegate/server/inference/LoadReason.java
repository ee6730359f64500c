package dev.tidegate.server.inference;

/** Who wants a version in memory. */
enum LoadReason {
    /** A batch job; the version goes when the job ends, unless somebody else wants it by then. */
    JOB,
    /** A request that names the version. */
    REQUEST,
    /** A route that names it, now or soon. */
    ROUTE,
    /** Somebody who asked for just that. */
    PERSON;

    /** Returns whether it is no use without an answer to requests at once. */
    boolean mustAnswer() {
        return this != ROUTE;
    }
}
