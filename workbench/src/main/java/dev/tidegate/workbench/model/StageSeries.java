package dev.tidegate.workbench.model;

import dev.tidegate.workbench.chart.Samples;

/**
 * Where the time of one version's answered requests went over time: mean microseconds of the
 * requests between two readings, at the epoch second of the later one; NaN when there were none.
 */
record StageSeries(Samples read, Samples queue, Samples compute, Samples encode) {}
