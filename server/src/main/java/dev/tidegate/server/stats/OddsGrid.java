package dev.tidegate.server.stats;

/**
 * A fixed prior over odds multipliers: what an alternative does to the odds that an event falls on
 * the candidate. Fixed before any data, so that mixing over it keeps a martingale.
 */
final class OddsGrid {
    private final double[] multipliers;
    private final double[] logMultipliers;
    private final double[] logWeights;

    private OddsGrid(double[] multipliers, double[] weights) {
        this.multipliers = multipliers;
        this.logMultipliers = new double[multipliers.length];
        for (int i = 0; i < multipliers.length; i++) {
            logMultipliers[i] = StrictMath.log(multipliers[i]);
        }
        this.logWeights = LogSum.normalisedLogs(weights);
    }

    /**
     * Returns relative risks 1.1 to 100, 40 log-spaced points, weights in proportion to 1/ρ: small
     * harm is likelier.
     */
    static OddsGrid harm() {
        double[] risks = logSpaced(1.1, 100, 40);
        double[] weights = new double[risks.length];
        for (int i = 0; i < risks.length; i++) {
            weights[i] = 1 / risks[i];
        }
        return new OddsGrid(risks, weights);
    }

    /**
     * Returns multipliers 1.02 to 20 and their inverses, 20 log-spaced points each way, weights in
     * proportion to 1/ρ.
     */
    static OddsGrid bothWays() {
        double[] up = logSpaced(1.02, 20, 20);
        double[] multipliers = new double[2 * up.length];
        double[] weights = new double[2 * up.length];
        for (int i = 0; i < up.length; i++) {
            multipliers[2 * i] = up[i];
            multipliers[2 * i + 1] = 1 / up[i];
            weights[2 * i] = 1 / up[i];
            weights[2 * i + 1] = 1 / up[i];
        }
        return new OddsGrid(multipliers, weights);
    }

    /**
     * Returns {@code points} values from {@code low} to {@code high}, evenly spaced in their
     * logarithm.
     */
    static double[] logSpaced(double low, double high, int points) {
        double from = StrictMath.log(low);
        double step = (StrictMath.log(high) - from) / (points - 1);
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = StrictMath.exp(from + i * step);
        }
        return values;
    }

    int size() {
        return multipliers.length;
    }

    double logWeight(int point) {
        return logWeights[point];
    }

    double logMultiplier(int point) {
        return logMultipliers[point];
    }

    /** Returns log(1 − w + wρ), the normaliser of the tilted share at one grid point. */
    double logNormaliser(int point, double weight) {
        return StrictMath.log1p(weight * (multipliers[point] - 1));
    }
}
