package dev.tidegate.server.inference;

/** Versions in memory, as whoever needs room sees them. */
interface Evictions {
    /**
     * Takes the version out of memory that was used longest ago, of those that may go.
     *
     * @param except the version for which there is to be room, of which a former session may run
     * @return false when none may
     */
    boolean evictOldest(long except);

    /** Returns how many bytes those have that may not go. */
    long keptBytes();
}
