package dev.tidegate.workbench.chart;

import java.util.function.DoubleFunction;

/**
 * The axis of time in seconds, or of units: what it covers, where its ticks count from, and how
 * they are labelled.
 *
 * @param reach how far from the cross-hair a point is still read out, in units of the axis
 * @param column what copied numbers of it are, as {@code seconds_since_start}
 */
public record XAxis(
        Range range, double origin, DoubleFunction<String> label, double reach, String column) {
    public XAxis(Range range, double origin, DoubleFunction<String> label, double reach) {
        this(range, origin, label, reach, "x");
    }

    /** An axis whose values hold until the next point, so that the nearest one is always read. */
    public XAxis(Range range, double origin, DoubleFunction<String> label) {
        this(range, origin, label, Double.POSITIVE_INFINITY);
    }

    /** The same axis, whose copied numbers stand in a column of that name. */
    public XAxis inColumn(String name) {
        return new XAxis(range, origin, label, reach, name);
    }
}
