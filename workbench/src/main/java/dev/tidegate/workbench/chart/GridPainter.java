package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Fonts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Paints what lies under the lines: tinted zones, grid, axis labels. */
final class GridPainter {
    /** Share of the tone's colour in a tinted ground. */
    private static final double TINT = 0.06;

    private static final double TICK_DISTANCE_X = 90;
    private static final double TICK_DISTANCE_Y = 30;
    static final Font LABEL = Font.font(Fonts.TEXT, 11);

    private final GraphicsContext g;
    private final Plot plot;
    private final ChartPalette palette;

    GridPainter(GraphicsContext g, Plot plot, ChartPalette palette) {
        this.g = g;
        this.plot = plot;
        this.palette = palette;
    }

    void paint(ChartFrame frame) {
        frame.zones().forEach(this::paintZone);
        g.setLineWidth(1);
        g.setFont(LABEL);
        paintRows(frame.y());
        paintColumns(frame.x());
    }

    private void paintZone(ChartFrame.Zone zone) {
        double top = plot.clampedY(zone.high());
        double bottom = plot.clampedY(zone.low());
        Color tone = palette.tone(zone.tone());
        g.setFill(tone.deriveColor(0, 1, 1, TINT));
        g.fillRect(plot.left(), top, plot.width(), bottom - top);
    }

    private void paintRows(YAxis axis) {
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        int count = (int) Math.clamp(plot.height() / TICK_DISTANCE_Y, 2, 8);
        for (double value : Ticks.values(plot.ys(), count, axis.minimumStep())) {
            double y = Math.floor(plot.y(value)) + 0.5;
            g.setStroke(palette.grid());
            g.strokeLine(plot.left(), y, plot.right(), y);
            g.setFill(palette.muted());
            g.fillText(axis.label().apply(value), plot.left() - 8, y);
        }
    }

    private void paintColumns(XAxis axis) {
        g.setTextBaseline(VPos.TOP);
        int count = (int) Math.max(1, plot.width() / TICK_DISTANCE_X);
        for (double value : Ticks.times(plot.xs(), axis.origin(), count)) {
            double x = Math.floor(plot.x(value)) + 0.5;
            g.setStroke(palette.grid());
            g.strokeLine(x, plot.top(), x, plot.bottom());
            g.setFill(palette.muted());
            g.setTextAlign(alignment(x));
            g.fillText(axis.label().apply(value), x, plot.bottom() + 6);
        }
    }

    private TextAlignment alignment(double x) {
        if (x > plot.right() - 20) {
            return TextAlignment.RIGHT;
        }
        return x < plot.left() + 14 ? TextAlignment.LEFT : TextAlignment.CENTER;
    }
}
