package dev.tidegate.server.benchmark.gate;

/** Places units at random, again and again the same for one salt. */
final class UnitHasher {
    private final long salt;

    UnitHasher(long salt) {
        this.salt = salt;
    }

    /** Returns 64 mixed bits (SplitMix64's finaliser). */
    long bits(int unit) {
        long h = (unit + 1L) * 0x9E3779B97F4A7C15L + salt;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }

    /** Returns a place in [0, 1). */
    double place(int unit) {
        return (bits(unit) >>> 11) * 0x1.0p-53;
    }
}
