package dev.tidegate.server.stats;

/** The second hash of a unit: independent of the one that assigns it to an arm. */
final class SampleHash {
    private static final long SALT = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio

    private SampleHash() {}

    /**
     * Returns the finaliser of MurmurHash3 (variant 13 of Stafford, "Better bit mixing") over the
     * salted unit.
     */
    static long of(long unit) {
        long h = unit + SALT;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }
}
