package dev.tidegate.server.stats;

/**
 * The split asked for against the split seen, over first exposures of units in the present step.
 *
 * @param asked the candidate's weight in force
 * @param units units seen in the step
 * @param candidateUnits how many of them on the candidate
 * @param seen their share, NaN without units
 * @param logE natural logarithm of the e-value against the split asked for, over the whole rollout
 * @param alpha a mismatch once the e-value reaches 1/alpha
 * @param mismatch whether it ever did
 */
public record SplitReading(
        double asked,
        long units,
        long candidateUnits,
        double seen,
        double logE,
        double alpha,
        boolean mismatch) {}
