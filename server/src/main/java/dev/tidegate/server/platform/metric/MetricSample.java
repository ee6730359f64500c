package dev.tidegate.server.platform.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One number.
 *
 * @param suffix behind the family's name, such as {@code _bucket}; empty for none
 * @param labels names and values
 * @param exemplar one event that was counted in it
 */
public record MetricSample(
        String suffix, List<Label> labels, double value, Optional<Exemplar> exemplar) {
    public MetricSample {
        labels = List.copyOf(labels);
    }

    /** Returns a sample with the labels given as name, value, name, value… */
    public static MetricSample of(double value, String... labels) {
        return new MetricSample("", Label.list(labels), value, Optional.empty());
    }

    /** A name and its value, which may be any text. */
    public record Label(String name, String value) {
        static List<Label> list(String... words) {
            if (words.length % 2 != 0) {
                throw new IllegalArgumentException(
                        "labels %s: expected names and values".formatted(Arrays.toString(words)));
            }
            Label[] labels = new Label[words.length / 2];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = new Label(words[2 * i], words[2 * i + 1]);
            }
            return List.of(labels);
        }
    }
}
