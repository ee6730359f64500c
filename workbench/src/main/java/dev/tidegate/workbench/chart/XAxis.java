package dev.tidegate.workbench.chart;

import java.util.function.DoubleFunction;

/**
 * The time axis in seconds: what it covers, where its ticks count from, and how they are labelled.
 */
public record XAxis(Range range, double origin, DoubleFunction<String> label) {}
