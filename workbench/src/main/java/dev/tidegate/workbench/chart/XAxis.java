package dev.tidegate.workbench.chart;

import java.util.function.DoubleFunction;

/**
 * The time axis in seconds: what it covers, where its ticks count from, and how they are labelled.
 *
 * @param reach how far from the cross-hair a point is still read out, in units of the axis
 */
public record XAxis(Range range, double origin, DoubleFunction<String> label, double reach) {
    /** An axis whose values hold until the next point, so that the nearest one is always read. */
    public XAxis(Range range, double origin, DoubleFunction<String> label) {
        this(range, origin, label, Double.POSITIVE_INFINITY);
    }
}
