package dev.tidegate.server.registry;

import java.time.Instant;
import java.util.List;

/**
 * What a replica said last of its memory and of one model's versions.
 *
 * @param live whether its lease holds
 * @param here whether it is this process
 * @param budget bytes that versions of all models may need together
 * @param taken bytes that they are taken to need
 */
record ReplicaMemory(
        String replica,
        boolean live,
        Instant leaseUntil,
        boolean here,
        long budget,
        long taken,
        List<Held> versions) {
    ReplicaMemory {
        versions = List.copyOf(versions);
    }

    /**
     * One of the model's versions there.
     *
     * @param since when the replica was first heard to say so
     */
    record Held(String version, HoldState state, long bytes, String reason, Instant since) {}
}
