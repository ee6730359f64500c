package dev.tidegate.server.inference;

/** Versions in memory, as whoever needs room sees them. */
interface Evictions {
    /**
     * Takes the version out of memory that was used longest ago, of those that may go.
     *
     * @return false when none may
     */
    boolean evictOldest();

    /** Returns how many bytes those have that may not go. */
    long keptBytes();
}
