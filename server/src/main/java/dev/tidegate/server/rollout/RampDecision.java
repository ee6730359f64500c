package dev.tidegate.server.rollout;

/** What the evidence asks a running rollout to do. */
public sealed interface RampDecision {
    /** Returns why, in one sentence. */
    String reason();

    /**
     * Keep the step.
     *
     * @param waitingFor what is missing
     */
    record Stay(Waiting waitingFor, String reason) implements RampDecision {}

    /** Enter the next step, or ask for its approval, or promote. */
    record Advance(String reason) implements RampDecision {}

    /** Give all traffic back to the champion. */
    record RollBack(String reason) implements RampDecision {}

    /** What a step waits for. */
    enum Waiting {
        MINIMUM_TIME,
        MINIMUM_UNITS,
        /** Guardrails that are not SAFE yet. */
        EVIDENCE,
        /** Evidence that can be judged at all. */
        SUFFICIENT_EVIDENCE
    }
}
