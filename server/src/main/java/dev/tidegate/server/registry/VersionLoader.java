package dev.tidegate.server.registry;

/** Sessions in the memory of this replica. */
public interface VersionLoader {
    boolean isLoaded(long versionId);

    /** Returns when the version can answer. */
    void load(RegisteredVersion version);

    /**
     * Loads the version with its settings and frees it again.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException when that fails, with the reason
     */
    void check(RegisteredVersion version);

    /**
     * Runs the version with its settings from now on, when it is in memory with others: a new
     * session takes over, and the old one goes when its last request has ended.
     */
    void renew(RegisteredVersion version);

    /** Frees the session when its last request has ended; nothing happens when there is none. */
    void unload(long versionId);
}
