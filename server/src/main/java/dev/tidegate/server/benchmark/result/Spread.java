package dev.tidegate.server.benchmark.result;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One figure in each of several rounds.
 *
 * @param sorted from the least to the greatest
 */
public record Spread(List<Double> sorted) {
    public Spread {
        sorted = sorted.stream().sorted().toList();
    }

    public static Spread of(DoubleStream values) {
        return new Spread(values.boxed().toList());
    }

    /** Returns the middle one, or the mean of the two in the middle; NaN when there is none. */
    public double median() {
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    /** Returns the median, and in brackets the least and the greatest. */
    public String text(int digits) {
        return sorted.isEmpty()
                ? "-"
                : "%s (%s–%s)"
                        .formatted(
                                number(median(), digits),
                                number(sorted.getFirst(), digits),
                                number(sorted.getLast(), digits));
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
