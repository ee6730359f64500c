package dev.tidegate.workbench.chart;

import java.util.function.DoubleFunction;

/**
 * The value axis: always shows {@code atLeast} and grows to what is visible, but never beyond
 * {@code atMost}.
 *
 * @param minimumStep smallest distance of ticks, in the axis' unit
 */
public record YAxis(Range atLeast, Range atMost, double minimumStep, DoubleFunction<String> label) {
    /** An axis from 0 up, which shows at least {@code ceiling}. */
    public static YAxis fromZero(double ceiling, double minimumStep, DoubleFunction<String> label) {
        return new YAxis(new Range(0, ceiling), new Range(0, Double.MAX_VALUE), minimumStep, label);
    }
}
