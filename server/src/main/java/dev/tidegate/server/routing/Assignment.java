package dev.tidegate.server.routing;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;

/**
 * Where a unit stands in [0, 1) under one salt. It is on the candidate's side exactly when its
 * place is below the weight, so that raising the weight only moves units towards the candidate.
 */
final class Assignment {
    /** 2⁻⁵³: the 53 high bits of the hash become a double exactly. */
    private static final double UNIT = 0x1.0p-53;

    private final HashFunction function;

    Assignment(Salt salt) {
        this.function = Hashing.sipHash24(salt.first(), salt.second());
    }

    double place(long unitHash) {
        return (function.hashLong(unitHash).asLong() >>> 11) * UNIT;
    }
}
