package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.theme.Tone;
import java.util.List;

/**
 * One rung of the step ladder, ready to be shown.
 *
 * @param time share of the minimum time that has passed, from 0 to 1
 * @param units share of the minimum units that are there, from 0 to 1
 * @param signature initials of who approved; empty when nobody has
 * @param verdicts tones of all guardrails, only on the present step
 */
record StepItem(
        String title,
        Progress progress,
        double time,
        String timeWords,
        double units,
        String unitsWords,
        boolean asksApproval,
        String signature,
        String signatureWords,
        List<Tone> verdicts) {
    /** Where the rollout is with it. */
    enum Progress {
        DONE,
        CURRENT,
        LATER
    }

    StepItem {
        verdicts = List.copyOf(verdicts);
    }
}
