package dev.tidegate.server.rollout;

/** What a plan does with a candidate that is safe at its last weight. */
enum PlanEnd {
    PROMOTE,
    /** A person must approve the promotion. */
    PROMOTE_WHEN_APPROVED,
    /** The weight stays, and so does the gate, until somebody or a guardrail rolls back. */
    HOLD
}
