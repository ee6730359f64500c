package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.StreamSource;
import dev.tidegate.workbench.failure.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Watches rollouts and sends a person's commands on them. */
public interface RolloutGateway {
    /** The stream of one rollout; its first message has that much of the evidence's path. */
    StreamSource<RolloutUpdate> watch(String id, Duration history);

    /** All rollouts, newest first. */
    CompletableFuture<Outcome<List<Rollout>>> list();

    /**
     * Signs the snapshot.
     *
     * @param requestId chosen by the caller; a repeat with the same id changes nothing
     */
    CompletableFuture<Outcome<Rollout>> approve(
            Rollout rollout, EvidenceSnapshot snapshot, String reason, String requestId);

    CompletableFuture<Outcome<Rollout>> hold(Rollout rollout, String reason, String requestId);

    CompletableFuture<Outcome<Rollout>> resume(Rollout rollout, String reason, String requestId);

    /**
     * Rolls back whatever the revision is: going back must not fail because something else changed.
     */
    CompletableFuture<Outcome<Rollout>> rollBack(Rollout rollout, String reason, String requestId);
}
