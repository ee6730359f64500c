package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Fonts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Paints the cross-hair with the values beneath it, and the part that is being chosen to zoom into.
 */
final class HoverPainter {
    private static final Font NAME = Font.font(Fonts.TEXT, 11.5);
    private static final Font VALUE = Font.font(Fonts.MONO, 11.5);
    private static final double LINE_HEIGHT = 17;
    private static final double PADDING = 8;

    /** A point this near can be hit by a mouse, whatever time that is. */
    private static final double PIXELS = 3;

    private record Entry(String name, String value, Color colour) {}

    private final GraphicsContext g;
    private final Plot plot;
    private final ChartPalette palette;

    HoverPainter(GraphicsContext g, Plot plot, ChartPalette palette) {
        this.g = g;
        this.plot = plot;
        this.palette = palette;
    }

    void paintSelection(double from, double to) {
        g.setFill(palette.accent().deriveColor(0, 1, 1, 0.18));
        g.fillRect(Math.min(from, to), plot.top(), Math.abs(to - from), plot.height());
    }

    void paintCrossHair(ChartFrame frame, double at) {
        double x = Math.floor(plot.x(at)) + 0.5;
        g.setStroke(palette.muted());
        g.setLineWidth(1);
        g.strokeLine(x, plot.top(), x, plot.bottom());
        double reach = Math.max(frame.x().reach(), PIXELS / plot.width() * plot.xs().span());
        List<Entry> entries = new ArrayList<>();
        for (ChartFrame.Line line : frame.lines()) {
            int index = line.samples().nearest(at, reach);
            if (index >= 0) {
                Color colour = line.ink().in(palette);
                if (line.isDrawn()) {
                    paintPoint(line.samples(), index, colour);
                }
                entries.add(
                        new Entry(
                                line.name(), line.value().apply(line.samples().y(index)), colour));
            }
        }
        paintReadOut(frame.x().label().apply(at), entries, x);
    }

    private void paintPoint(Samples samples, int index, Color colour) {
        double px = plot.x(samples.x(index));
        double py = plot.clampedY(samples.y(index));
        if (px >= plot.left() && px <= plot.right()) {
            g.setFill(palette.ground());
            g.fillOval(px - 4, py - 4, 8, 8);
            g.setFill(colour);
            g.fillOval(px - 3, py - 3, 6, 6);
        }
    }

    private void paintReadOut(String time, List<Entry> entries, double x) {
        double nameWidth =
                entries.stream().mapToDouble(entry -> width(entry.name(), NAME)).max().orElse(0);
        double valueWidth =
                entries.stream().mapToDouble(entry -> width(entry.value(), VALUE)).max().orElse(0);
        double inner =
                Math.max(
                        width(time, NAME),
                        entries.isEmpty() ? 0 : 14 + nameWidth + 12 + valueWidth);
        double boxWidth = inner + 2 * PADDING;
        double boxHeight = (entries.size() + 1) * LINE_HEIGHT + PADDING;
        double left = x + 10 + boxWidth > plot.right() ? x - 10 - boxWidth : x + 10;
        double top = Math.max(0, Math.min(plot.top() + 4, plot.bottom() - boxHeight));
        g.setFill(palette.raised());
        g.fillRoundRect(left, top, boxWidth, boxHeight, 8, 8);
        g.setStroke(palette.border());
        g.strokeRoundRect(left, top, boxWidth, boxHeight, 8, 8);
        paintLine(
                time, palette.muted(), NAME, left + PADDING, top + PADDING / 2, TextAlignment.LEFT);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double y = top + PADDING / 2 + (i + 1) * LINE_HEIGHT;
            g.setFill(entry.colour());
            g.fillOval(left + PADDING, y + 4, 8, 8);
            paintLine(
                    entry.name(), palette.text(), NAME, left + PADDING + 14, y, TextAlignment.LEFT);
            paintLine(
                    entry.value(),
                    palette.text(),
                    VALUE,
                    left + boxWidth - PADDING,
                    y,
                    TextAlignment.RIGHT);
        }
    }

    private void paintLine(
            String words, Color colour, Font font, double x, double y, TextAlignment side) {
        g.setFont(font);
        g.setFill(colour);
        g.setTextAlign(side);
        g.setTextBaseline(VPos.TOP);
        g.fillText(words, x, y + 1);
    }

    private static double width(String words, Font font) {
        Text text = new Text(words);
        text.setFont(font);
        return text.getLayoutBounds().getWidth();
    }
}
