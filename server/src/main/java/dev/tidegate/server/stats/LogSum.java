package dev.tidegate.server.stats;

/** Sums of exponentials, kept in logarithms. */
final class LogSum {
    private LogSum() {}

    /** Returns log Σ exp(terms), −∞ for no mass at all and +∞ as soon as one term is. */
    static double of(double[] terms) {
        double max = max(terms);
        if (Double.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - max);
        }
        return max + StrictMath.log(sum);
    }

    static double max(double[] terms) {
        double max = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            max = Math.max(max, term);
        }
        return max;
    }

    /** Returns the logarithms of the weights after scaling them to sum to 1. */
    static double[] normalisedLogs(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] logs = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logs[i] = StrictMath.log(weights[i] / total);
        }
        return logs;
    }
}
