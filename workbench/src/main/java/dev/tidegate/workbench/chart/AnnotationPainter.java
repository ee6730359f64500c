package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Fonts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Paints what lies over the lines: levels with their value, marks of events, and the sentence of an
 * empty chart.
 */
final class AnnotationPainter {
    private static final Font LABEL = Font.font(Fonts.SEMI_BOLD, 11);
    private static final Font SENTENCE = Font.font(Fonts.TEXT, 13);

    private final GraphicsContext g;
    private final Plot plot;
    private final ChartPalette palette;

    AnnotationPainter(GraphicsContext g, Plot plot, ChartPalette palette) {
        this.g = g;
        this.plot = plot;
        this.palette = palette;
    }

    void paint(ChartFrame frame) {
        g.setFont(LABEL);
        double[] freeFrom = {plot.left(), plot.left()};
        for (ChartFrame.Mark mark : frame.marks()) {
            if (plot.xs().contains(mark.x())) {
                paintMark(mark, freeFrom);
            }
        }
        frame.rules().stream()
                .filter(rule -> plot.ys().contains(rule.value()))
                .forEach(this::paintRule);
        if (frame.isEmpty()) {
            paintSentence(frame.empty());
        }
    }

    private void paintRule(ChartFrame.Rule rule) {
        double y = Math.floor(plot.y(rule.value())) + 0.5;
        Color colour = palette.tone(rule.tone());
        g.setStroke(colour);
        g.setLineWidth(1);
        g.setLineDashes(6, 4);
        g.strokeLine(plot.left(), y, plot.right(), y);
        g.setLineDashes();
        g.setTextAlign(TextAlignment.LEFT);
        boolean above = y - plot.top() > 18;
        g.setTextBaseline(above ? VPos.BOTTOM : VPos.TOP);
        g.setFill(colour);
        g.fillText(rule.label(), plot.left() + 8, above ? y - 3 : y + 3);
    }

    /**
     * Paints the mark, with its label over the plot, or in the plot's first line when a label
     * stands there already, or with none when both are taken.
     *
     * @param freeFrom where room begins in each of the two lines; moved on
     */
    private void paintMark(ChartFrame.Mark mark, double[] freeFrom) {
        double x = Math.floor(plot.x(mark.x())) + 0.5;
        Color colour = palette.tone(mark.tone());
        if (mark.edgeOnly()) {
            g.setFill(colour);
            g.fillPolygon(
                    new double[] {x - 4, x + 4, x},
                    new double[] {plot.top(), plot.top(), plot.top() + 6},
                    3);
        } else {
            g.setStroke(colour.deriveColor(0, 1, 1, 0.6));
            g.setLineWidth(1);
            g.strokeLine(x, plot.top(), x, plot.bottom());
        }
        paintLabel(mark.label(), x, colour, freeFrom);
    }

    private void paintLabel(String label, double x, Color colour, double[] freeFrom) {
        double width = widthOf(label);
        double left = Math.min(x + 1, plot.right() - width);
        int line = left + 3 >= freeFrom[0] ? 0 : 1;
        if (left + 3 < freeFrom[line]) {
            return;
        }
        g.setFill(colour);
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(line == 0 ? VPos.BOTTOM : VPos.TOP);
        g.fillText(label, left + 3 * line, plot.top() - 2 + 5 * line);
        freeFrom[line] = left + width + 9;
    }

    private static double widthOf(String label) {
        Text text = new Text(label);
        text.setFont(LABEL);
        return text.getLayoutBounds().getWidth();
    }

    private void paintSentence(String sentence) {
        g.setFont(SENTENCE);
        g.setFill(palette.muted());
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(sentence, plot.left() + plot.width() / 2, plot.top() + plot.height() / 2);
    }
}
