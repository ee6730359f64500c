package dev.tidegate.server.benchmark.result;

import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * A mean with its 95 % interval by Student's t distribution.
 *
 * @param mean of the values
 * @param half of the interval's width; NaN for fewer than two values
 */
public record MeanInterval(double mean, double half) {
    private static final double UPPER = 0.975;

    public static MeanInterval of(List<Double> values) {
        StreamingStatistics statistics = new StreamingStatistics();
        values.forEach(statistics::addValue);
        int freedom = values.size() - 1;
        return new MeanInterval(
                statistics.getMean(),
                freedom < 1
                        ? Double.NaN
                        : new TDistribution(freedom).inverseCumulativeProbability(UPPER)
                                * statistics.getStandardDeviation()
                                / Math.sqrt(values.size()));
    }

    /** Returns the mean, and in brackets the interval. */
    public String text() {
        return String.format(
                Locale.ROOT, "%.2f (95 %%: %.2f to %.2f)", mean, mean - half, mean + half);
    }
}
