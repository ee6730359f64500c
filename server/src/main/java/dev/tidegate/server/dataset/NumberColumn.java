package dev.tidegate.server.dataset;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * A column of finite numbers in single precision, as graphs take them; NaN where the value is
 * missing.
 */
public final class NumberColumn implements DatasetColumn {

    private final String name;
    private final List<String> texts;
    private final float[] values;

    NumberColumn(String name, List<String> texts) {
        this.name = name;
        this.texts = List.copyOf(texts);
        this.values = new float[texts.size()];
        for (int row = 0; row < values.length; row++) {
            String text = texts.get(row);
            values[row] = text.isEmpty() ? Float.NaN : Float.parseFloat(text);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public String text(int row) {
        return texts.get(row);
    }

    /** Returns the number of a row; NaN when it is missing. */
    public float value(int row) {
        return values[row];
    }

    /** Returns count, extremes and mean of the values that are there. */
    public DoubleSummaryStatistics statistics() {
        DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
        for (float value : values) {
            if (!Float.isNaN(value)) {
                statistics.accept(value);
            }
        }
        return statistics;
    }

    @Override
    public List<String> distinct() {
        return texts.stream()
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted(
                        Comparator.comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
