package dev.tidegate.workbench.model;

import dev.tidegate.workbench.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads and changes the registered models; each change answers with the version. */
public interface ModelGateway {
    CompletableFuture<Outcome<List<RegisteredModel>>> list();

    CompletableFuture<Outcome<RegisteredModel>> model(String name);

    /** Returns the totals of each version that the replica has in memory. */
    CompletableFuture<Outcome<List<StageTotals>>> stages(String name);

    /** Returns what each replica has of the model's versions. */
    CompletableFuture<Outcome<List<ReplicaMemory>>> replicas(String name);

    /** Returns what stands in for the model's champion. */
    CompletableFuture<Outcome<Ladder>> ladder(String name);

    /**
     * Sets what stands in for the champion, and returns it.
     *
     * @param requestId a repeat with the same id changes nothing
     */
    CompletableFuture<Outcome<Ladder>> setLadder(String name, LadderDraft draft, String requestId);

    CompletableFuture<Outcome<String>> load(String model, String version);

    CompletableFuture<Outcome<String>> unload(String model, String version);

    /**
     * Gives all requests that name no version to the version.
     *
     * @param revision of the model that the person saw
     * @param requestId a repeat with the same id changes nothing
     */
    CompletableFuture<Outcome<String>> makeChampion(
            String model, String version, long revision, String requestId);
}
