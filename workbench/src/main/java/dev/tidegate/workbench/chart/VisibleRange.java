package dev.tidegate.workbench.chart;

/** Finds the values that the y axis has to show for the part of time that is visible. */
final class VisibleRange {
    /** Air above the highest and below the lowest value, as a share of the span. */
    private static final double AIR = 0.06;

    private double low;
    private double high;

    private VisibleRange(Range start) {
        low = start.low();
        high = start.high();
    }

    static Range of(ChartFrame frame, Range xs) {
        YAxis axis = frame.y();
        VisibleRange visible = new VisibleRange(axis.atLeast());
        frame.lines().stream()
                .filter(ChartFrame.Line::isDrawn)
                .forEach(line -> visible.include(line.samples(), xs));
        frame.bands().forEach(band -> visible.include(band.low(), xs));
        frame.bands().forEach(band -> visible.include(band.high(), xs));
        return visible.within(axis);
    }

    private void include(Samples samples, Range xs) {
        int end = Math.min(samples.size(), samples.firstFrom(xs.high()) + 1);
        for (int i = samples.firstFrom(xs.low()); i < end; i++) {
            double y = samples.y(i);
            if (Double.isFinite(y)) {
                low = Math.min(low, y);
                high = Math.max(high, y);
            }
        }
    }

    private Range within(YAxis axis) {
        double air = AIR * (high - low);
        double bottom = low < axis.atLeast().low() ? low - air : low;
        double top = high > axis.atLeast().high() ? high + air : high;
        return new Range(
                Math.max(bottom, axis.atMost().low()), Math.min(top, axis.atMost().high()));
    }
}
