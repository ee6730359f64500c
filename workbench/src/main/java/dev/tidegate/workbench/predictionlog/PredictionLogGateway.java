package dev.tidegate.workbench.predictionlog;

import dev.tidegate.workbench.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the prediction log. */
public interface PredictionLogGateway {
    /** The newest entries of a model, without tensors. */
    CompletableFuture<Outcome<List<LogEntry>>> newest(String model, int limit);

    /** The newest entries of a rollout that failed on the version, without tensors. */
    CompletableFuture<Outcome<List<LogEntry>>> failures(
            String rollout, String model, String version, int limit);

    /**
     * The entry of that id, the server's or a client's own, with its tensors; the newest when an id
     * came twice.
     */
    CompletableFuture<Outcome<LogEntry>> find(String id);
}
