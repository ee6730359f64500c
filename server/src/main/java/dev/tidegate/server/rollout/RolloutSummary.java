package dev.tidegate.server.rollout;

import java.util.UUID;

/** A rollout in one line. */
public record RolloutSummary(UUID id, String model, RolloutState state, String reason) {}
