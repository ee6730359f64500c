package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.theme.Tone;

/** A rollout that has not ended, for the list at the right. */
record OpenRolloutItem(
        String id,
        String title,
        String detail,
        Tone tone,
        String state,
        boolean waitsForApproval) {}
