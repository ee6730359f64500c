package dev.tidegate.server.stats;

/** What the evidence says about one guardrail; only {@link #SAFE} lets a rollout move on. */
public enum Verdict {
    /** The difference of the event rates is below the tolerance; may be lost again. */
    SAFE,
    /** The candidate is worse beyond chance; once reached it stays. */
    HARMFUL,
    /** Neither is shown yet; more units decide it. */
    KEEP_COLLECTING,
    /** The evidence cannot be judged at all: the gate holds and says why. */
    INSUFFICIENT;

    /** Returns what is left of it where the evidence cannot be judged: HARMFUL stays. */
    Verdict unjudged() {
        return this == HARMFUL ? HARMFUL : INSUFFICIENT;
    }
}
