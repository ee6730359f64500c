package dev.tidegate.workbench.control;

import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.theme.ChartPalette;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;

/** A small line without axes, filled to its foot, with a dot on the newest value. */
public final class Sparkline extends Pane {
    private static final double DOT = 2.5;

    /** A narrower line would be a smudge. */
    private static final double LEGIBLE = 40;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<ChartPalette> palette;
    private Samples samples = Samples.of(new double[0], new double[0]);

    public Sparkline(ObservableValue<ChartPalette> palette) {
        this.palette = palette;
        getStyleClass().add("sparkline");
        getChildren().add(canvas);
        setMinSize(40, 16);
        setPrefSize(100, 20);
    }

    public void show(Samples next) {
        samples = next;
        paint();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (samples.size() < 2 || canvas.getWidth() < LEGIBLE) {
            return;
        }
        double[] xs = new double[samples.size() + 2];
        double[] ys = new double[samples.size() + 2];
        int count = project(xs, ys);
        if (count < 2) {
            return;
        }
        Color colour = palette.getValue().accent();
        fill(g, xs, ys, count, colour);
        g.setStroke(colour);
        g.setLineWidth(1.25);
        g.strokePolyline(xs, ys, count);
        g.setFill(colour);
        g.fillOval(xs[count - 1] - DOT, ys[count - 1] - DOT, 2 * DOT, 2 * DOT);
    }

    private int project(double[] xs, double[] ys) {
        double first = samples.x(0);
        double span = samples.x(samples.size() - 1) - first;
        double high = 0;
        for (int i = 0; i < samples.size(); i++) {
            high = Math.max(high, Double.isFinite(samples.y(i)) ? samples.y(i) : 0);
        }
        double width = canvas.getWidth() - 2 * DOT;
        double height = canvas.getHeight() - 2 * DOT;
        int count = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (Double.isFinite(samples.y(i))) {
                xs[count] = DOT + (samples.x(i) - first) / span * width;
                ys[count++] = DOT + height * (1 - (high == 0 ? 0 : samples.y(i) / high));
            }
        }
        return count;
    }

    private void fill(GraphicsContext g, double[] xs, double[] ys, int count, Color colour) {
        xs[count] = xs[count - 1];
        ys[count] = canvas.getHeight();
        xs[count + 1] = xs[0];
        ys[count + 1] = canvas.getHeight();
        Stop top = new Stop(0, colour.deriveColor(0, 1, 1, 0.28));
        Stop foot = new Stop(1, colour.deriveColor(0, 1, 1, 0));
        g.setFill(new LinearGradient(0, 0, 0, 1, true, CycleMethod.NO_CYCLE, top, foot));
        g.fillPolygon(xs, ys, count + 2);
    }
}
