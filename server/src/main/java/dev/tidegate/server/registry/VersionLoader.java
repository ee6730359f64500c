package dev.tidegate.server.registry;

/** Sessions in the memory of this replica. */
public interface VersionLoader {
    boolean isLoaded(long versionId);

    /** Returns when the version can answer. */
    void load(RegisteredVersion version);

    /** Frees the session when its last request has ended; nothing happens when there is none. */
    void unload(long versionId);
}
