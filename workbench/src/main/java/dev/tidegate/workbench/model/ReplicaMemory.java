package dev.tidegate.workbench.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a replica said last of its memory and of the model's versions.
 *
 * @param live whether it is heard; what one that is not has in memory now is unknown
 * @param here whether it is the one that the workbench asks
 * @param budgetBytes what versions of all models may need together
 * @param takenBytes what they are taken to need
 */
record ReplicaMemory(
        String replica,
        boolean live,
        Instant leaseUntil,
        boolean here,
        long budgetBytes,
        long takenBytes,
        List<Held> versions) {
    ReplicaMemory {
        versions = List.copyOf(versions);
    }

    /**
     * A version that the replica has to do with.
     *
     * @param bytes what it is taken to need; 0 while it is not in memory, or runs elsewhere
     * @param reason why it could not be loaded; empty when it could
     */
    record Held(String version, HoldState state, long bytes, String reason, Instant since) {}

    /** Returns what the replica says of a version; empty when it has nothing to do with it. */
    Optional<Held> held(String version) {
        return versions.stream().filter(each -> each.version().equals(version)).findFirst();
    }
}
