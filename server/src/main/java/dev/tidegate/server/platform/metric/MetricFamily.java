package dev.tidegate.server.platform.metric;

import java.util.List;
import java.util.regex.Pattern;

/**
 * All samples of one name.
 *
 * @param name without {@code _total}
 * @param help one sentence
 */
public record MetricFamily(String name, MetricType type, String help, List<MetricSample> samples) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    public MetricFamily {
        if (!NAME.matcher(name).matches() || name.endsWith("_total")) {
            throw new IllegalArgumentException(
                    "metric '%s': expected lower case, digits and _, without _total"
                            .formatted(name));
        }
        samples = List.copyOf(samples);
    }

    /** Returns a family of one sample without labels. */
    public static MetricFamily single(String name, MetricType type, String help, double value) {
        return new MetricFamily(name, type, help, List.of(MetricSample.of(value)));
    }
}
