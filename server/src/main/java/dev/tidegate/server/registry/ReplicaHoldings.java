package dev.tidegate.server.registry;

import java.util.Set;

/**
 * What a replica says of its memory.
 *
 * @param budget bytes that its versions may need outside of the heap together
 * @param taken bytes that they are taken to need
 */
public record ReplicaHoldings(long budget, long taken, Set<HeldVersion> versions) {
    public ReplicaHoldings {
        versions = Set.copyOf(versions);
    }
}
