package dev.tidegate.workbench.chart;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/**
 * Paints series and bands.
 *
 * <p>Where there are more than two points a pixel column, one rectangle from the lowest to the
 * highest value of the column looks like the polyline and is an order of magnitude faster under
 * software rendering; below that a polyline is drawn.
 */
final class LinePainter {
    private static final double LINE_WIDTH = 1.5;
    private static final double DENSE = 2;

    /** A point without neighbours has no line, so it is drawn itself. */
    private static final double DOT = 4;

    private final GraphicsContext g;
    private final Plot plot;

    LinePainter(GraphicsContext g, Plot plot) {
        this.g = g;
        this.plot = plot;
    }

    void paintLine(Samples samples, Color colour, boolean dashed) {
        int from = Math.max(0, samples.firstFrom(plot.xs().low()) - 1);
        int to = Math.min(samples.size(), samples.firstFrom(plot.xs().high()) + 1);
        if (to - from > DENSE * plot.width()) {
            paintSpans(samples, from, to, colour);
        } else {
            paintPolyline(samples, from, to, colour, dashed);
        }
        paintLonePoints(samples, from, to, colour);
    }

    private void paintPolyline(Samples samples, int from, int to, Color colour, boolean dashed) {
        g.setStroke(colour);
        g.setLineWidth(LINE_WIDTH);
        if (dashed) {
            g.setLineDashes(4, 4);
        }
        g.beginPath();
        boolean open = false;
        for (int i = from; i < to; i++) {
            double y = samples.y(i);
            if (!Double.isFinite(y)) {
                open = false;
            } else if (open) {
                g.lineTo(plot.x(samples.x(i)), plot.clampedY(y));
            } else {
                g.moveTo(plot.x(samples.x(i)), plot.clampedY(y));
                open = true;
            }
        }
        g.stroke();
        g.setLineDashes();
    }

    private void paintLonePoints(Samples samples, int from, int to, Color colour) {
        g.setFill(colour);
        for (int i = from; i < to; i++) {
            if (samples.isLone(i) && plot.xs().contains(samples.x(i))) {
                double x = plot.x(samples.x(i)) - DOT / 2;
                g.fillOval(x, plot.clampedY(samples.y(i)) - DOT / 2, DOT, DOT);
            }
        }
    }

    private void paintSpans(Samples samples, int from, int to, Color colour) {
        g.setFill(colour);
        int i = from;
        double previous = Double.NaN;
        while (i < to) {
            int column = (int) plot.x(samples.x(i));
            double low = Double.isFinite(previous) ? previous : Double.POSITIVE_INFINITY;
            double high = Double.isFinite(previous) ? previous : Double.NEGATIVE_INFINITY;
            while (i < to && (int) plot.x(samples.x(i)) == column) {
                double y = samples.y(i++);
                previous = y;
                low = Math.min(low, Double.isNaN(y) ? low : y);
                high = Math.max(high, Double.isNaN(y) ? high : y);
            }
            fillSpan(column, low, high);
        }
    }

    private void fillSpan(int column, double low, double high) {
        if (low <= high && column >= plot.left() && column <= plot.right()) {
            double top = plot.clampedY(high);
            g.fillRect(column, top, 1, Math.max(LINE_WIDTH, plot.clampedY(low) - top));
        }
    }

    /** Fills between two series that share their x. */
    void paintBand(Samples low, Samples high, Color colour) {
        int from = Math.max(0, low.firstFrom(plot.xs().low()) - 1);
        int to = Math.min(Math.min(low.size(), high.size()), low.firstFrom(plot.xs().high()) + 1);
        g.setFill(colour);
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || !Double.isFinite(low.y(i)) || !Double.isFinite(high.y(i))) {
                fillBand(low, high, start, i);
                start = i + 1;
            }
        }
    }

    private void fillBand(Samples low, Samples high, int from, int to) {
        int stride = Math.max(1, (int) ((to - from) / (DENSE * Math.max(1, plot.width()))));
        int count = (to - from + stride - 1) / stride;
        if (count < 2) {
            return;
        }
        double[] xs = new double[2 * count];
        double[] ys = new double[2 * count];
        for (int k = 0; k < count; k++) {
            int i = k == count - 1 ? to - 1 : from + k * stride;
            xs[k] = plot.x(low.x(i));
            ys[k] = plot.clampedY(high.y(i));
            xs[2 * count - 1 - k] = xs[k];
            ys[2 * count - 1 - k] = plot.clampedY(low.y(i));
        }
        g.fillPolygon(xs, ys, 2 * count);
    }
}
