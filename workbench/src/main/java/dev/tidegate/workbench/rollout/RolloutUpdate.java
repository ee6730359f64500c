package dev.tidegate.workbench.rollout;

import java.util.List;

/** One message of a rollout's stream: its state, and the evidence since the last message. */
public record RolloutUpdate(Rollout rollout, List<EvidencePoint> points) {
    public RolloutUpdate {
        points = List.copyOf(points);
    }
}
