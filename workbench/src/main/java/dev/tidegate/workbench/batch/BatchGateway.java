package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.failure.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Batch jobs of a server. */
public interface BatchGateway {
    /** The newest jobs, newest first. */
    CompletableFuture<Outcome<List<BatchJob>>> list();

    /** Sends a file; the job is queued when the answer is there. */
    CompletableFuture<Outcome<BatchJob>> submit(NewJob job);

    CompletableFuture<Outcome<BatchJob>> cancel(String id, String requestId);

    /** Writes the result of a job; the file appears when it is whole. */
    CompletableFuture<Outcome<Path>> save(String id, Path file);
}
