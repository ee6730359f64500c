package dev.tidegate.server.rollout;

import java.time.Instant;

/**
 * A person's word that the rollout may enter a step.
 *
 * @param step index of the step that it lets in; the number of steps for the promotion
 * @param foldPosition the evidence that was signed
 */
record RolloutApproval(int step, String by, String reason, Instant at, long foldPosition) {}
