package dev.tidegate.server.stats;

/**
 * An always-valid interval of one arm's running-mean rate, for the eye: both ends together hold at
 * 1 − β, by {@link RateBets} each way at β/2.
 */
final class RateInterval {
    private static final double RESOLUTION = 1e-9;

    private final RateBets above = RateBets.above();
    private final RateBets below = RateBets.below();
    private final double threshold;

    RateInterval(double error) {
        this.threshold = -StrictMath.log(error / 2);
    }

    double low(Trials trials) {
        double in = trials.count() == 0 ? 0 : trials.rate();
        double out = 0;
        while (in - out > RESOLUTION) {
            double middle = (in + out) / 2;
            if (above.against(middle, trials).value() >= threshold) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return out;
    }

    double high(Trials trials) {
        double in = trials.count() == 0 ? 1 : trials.rate();
        double out = 1;
        while (out - in > RESOLUTION) {
            double middle = (in + out) / 2;
            if (below.against(middle, trials).value() >= threshold) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return out;
    }
}
