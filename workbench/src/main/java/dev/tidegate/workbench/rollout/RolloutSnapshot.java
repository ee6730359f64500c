package dev.tidegate.workbench.rollout;

/** A rollout with the evidence's path, over time and over units, at one moment. */
public record RolloutSnapshot(
        Rollout rollout, EvidencePath.Series byTime, EvidencePath.Series byUnits) {}
