package dev.tidegate.server.stats;

/**
 * How much worse the candidate may be: the greater of an absolute difference of rates and a share
 * of the champion's rate.
 *
 * @param absolute difference of rates, in (0, 1)
 * @param relative share of the champion's rate, at least 0; 0 leaves the absolute one alone
 */
public record Tolerance(double absolute, double relative) {
    public Tolerance {
        if (!(absolute > 0 && absolute < 1)) {
            throw new IllegalArgumentException(
                    "absolute tolerance " + absolute + ", expected one within (0, 1)");
        }
        if (!(relative >= 0 && relative <= 100)) {
            throw new IllegalArgumentException(
                    "relative tolerance " + relative + ", expected one within [0, 100]");
        }
    }

    public static Tolerance absolute(double difference) {
        return new Tolerance(difference, 0);
    }

    /** Returns the tolerated difference of rates at one rate of the champion. */
    public double at(double championRate) {
        return Math.max(absolute, relative * championRate);
    }
}
