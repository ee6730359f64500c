package dev.tidegate.server.registry;

/**
 * What a replica says of a version that it has to do with.
 *
 * @param bytes what it is taken to need outside of the heap; 0 while it is not in memory, or when
 *     another server runs it
 * @param reason why it could not be loaded, as it may be kept; empty when it could
 */
public record HeldVersion(long versionId, HoldState state, long bytes, String reason) {
    public HeldVersion {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "version id %d: expected no negative bytes, got %d"
                            .formatted(versionId, bytes));
        }
    }
}
