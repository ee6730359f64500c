package dev.tidegate.server.retraining;

import java.util.UUID;

/**
 * Where a run stands.
 *
 * @param run the run
 * @param state its state
 * @param message what it is doing, for people
 */
public record TrainingProgress(UUID run, TrainingState state, String message) {}
