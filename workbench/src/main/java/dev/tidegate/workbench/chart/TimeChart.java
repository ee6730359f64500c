package dev.tidegate.workbench.chart;

import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.ChartPalette;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A chart over time on three stacked canvases, so that what changes rarely is painted rarely: the
 * grid with the axes, the lines with their annotations, and the cross-hair.
 */
public final class TimeChart implements View {
    private static final double LEFT = 56;
    private static final double RIGHT = 12;
    private static final double TOP = 8;

    /** Room above the plot for the labels of marks. */
    private static final double TOP_WITH_LABELS = 20;

    private static final double BOTTOM = 24;

    private final Canvas grid = new Canvas();
    private final Canvas lines = new Canvas();
    private final Canvas hover = new Canvas();
    private final Pane pane = new Layers();
    private final ChartLink link;
    private final ObservableValue<ChartPalette> palette;
    private @Nullable ChartFrame frame;
    private double selectedFrom = Double.NaN;
    private double selectedTo = Double.NaN;

    /** Keeps all canvases as large as the chart. */
    private final class Layers extends Pane {
        Layers() {
            getChildren().addAll(grid, lines, hover);
        }

        @Override
        protected void layoutChildren() {
            for (Canvas canvas : new Canvas[] {grid, lines, hover}) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
            }
            repaint();
        }
    }

    /**
     * @param id stable id of the chart's node
     * @param title what the chart shows, for screen readers
     * @param palette the colours of the theme in force, which may change
     */
    public TimeChart(
            String id, String title, ChartLink link, ObservableValue<ChartPalette> palette) {
        this.link = link;
        this.palette = palette;
        pane.setId(id);
        pane.getStyleClass().add("time-chart");
        pane.setFocusTraversable(true);
        pane.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        pane.setAccessibleText(title);
        pane.setMinSize(120, 60);
        pane.setPrefSize(320, 160);
        new ChartGestures(this, link).install();
    }

    @Override
    public Region node() {
        return pane;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                link.crossHairProperty().subscribe(_ -> repaintHover()),
                link.zoomProperty().subscribe(_ -> repaint()),
                palette.subscribe(_ -> repaint()));
    }

    /** Shows the frame in place of the former one. */
    public void show(ChartFrame next) {
        frame = next;
        repaint();
    }

    /** Paints everything again, for a new frame, size or theme. */
    public void repaint() {
        Plot plot = plot();
        if (frame == null || plot == null) {
            return;
        }
        new GridPainter(cleared(grid), plot, palette.getValue()).paint(frame);
        GraphicsContext g = cleared(lines);
        LinePainter painter = new LinePainter(g, plot);
        for (ChartFrame.Band band : frame.bands()) {
            painter.paintBand(
                    band.low(),
                    band.high(),
                    band.ink().in(palette.getValue()).deriveColor(0, 1, 1, 0.2));
        }
        frame.lines().stream()
                .filter(ChartFrame.Line::isDrawn)
                .forEach(
                        line ->
                                painter.paintLine(
                                        line.samples(),
                                        line.ink().in(palette.getValue()),
                                        line.dashed()));
        new AnnotationPainter(g, plot, palette.getValue()).paint(frame);
        repaintHover();
    }

    private void repaintHover() {
        GraphicsContext g = cleared(hover);
        Plot plot = plot();
        if (frame == null || plot == null) {
            return;
        }
        HoverPainter painter = new HoverPainter(g, plot, palette.getValue());
        if (Double.isFinite(selectedFrom)) {
            painter.paintSelection(selectedFrom, selectedTo);
        }
        double at = link.crossHairProperty().get();
        if (plot.xs().low() <= at && at <= plot.xs().high()) {
            painter.paintCrossHair(frame, at);
        }
    }

    private static GraphicsContext cleared(Canvas canvas) {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        return g;
    }

    /** Where the plot is now, or null while there is nothing to plot or no room. */
    @Nullable Plot plot() {
        double width = pane.getWidth() - LEFT - RIGHT;
        if (frame == null) {
            return null;
        }
        double top =
                frame.marks().stream().allMatch(mark -> mark.label().isEmpty())
                        ? TOP
                        : TOP_WITH_LABELS;
        double height = pane.getHeight() - top - BOTTOM;
        if (width < 20 || height < 10) {
            return null;
        }
        Range xs = visibleXs(frame);
        return new Plot(LEFT, top, width, height, xs, VisibleRange.of(frame, xs));
    }

    private Range visibleXs(ChartFrame shown) {
        Range zoom = link.zoomProperty().get();
        return zoom == null ? shown.x().range() : zoom;
    }

    void select(double from, double to) {
        selectedFrom = from;
        selectedTo = to;
        repaintHover();
    }

    /** The chart as it is on the screen, on the card's ground. */
    public WritableImage picture() {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(palette.getValue().ground());
        return pane.snapshot(parameters, null);
    }

    /** What the chart shows now, as CSV with a header; empty before the first frame. */
    public String csv() {
        return frame == null ? "" : ChartCsv.of(frame, visibleXs(frame));
    }
}
