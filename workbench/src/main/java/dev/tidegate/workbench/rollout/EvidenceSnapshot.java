package dev.tidegate.workbench.rollout;

import java.time.Instant;
import java.util.List;

/** What an approval signs: the place in the evidence, what it says there, and under which plan. */
public record EvidenceSnapshot(
        long foldPosition,
        String digest,
        String planDigest,
        int step,
        List<String> verdicts,
        Instant at) {
    public EvidenceSnapshot {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Whether an approver would be told the same: verdicts, step and plan. The position may have
     * moved on.
     */
    boolean saysTheSameAs(EvidenceSnapshot other) {
        return step == other.step
                && planDigest.equals(other.planDigest)
                && verdicts.equals(other.verdicts);
    }
}
