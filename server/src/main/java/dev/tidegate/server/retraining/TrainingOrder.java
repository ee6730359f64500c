package dev.tidegate.server.retraining;

import java.util.List;

/**
 * A retraining whose model shall be registered.
 *
 * @param request what to train
 * @param requestId a repeat with the same id registers nothing more; empty: no such promise
 * @param expectedRevision the model's revision that the caller saw; 0 means any
 * @param aliases names that shall point at the new version
 */
record TrainingOrder(
        TrainingRequest request, String requestId, long expectedRevision, List<String> aliases) {
    TrainingOrder {
        aliases = List.copyOf(aliases);
    }
}
