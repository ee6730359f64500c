/** The canvas chart: stacked canvases, shared cross-hair, zoom, and copies as picture and CSV. */
@NullMarked
package dev.tidegate.workbench.chart;

import org.jspecify.annotations.NullMarked;
