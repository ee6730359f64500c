package dev.tidegate.workbench.chart;

import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * What one can do on a chart. Mouse: move for the cross-hair, drag to zoom, double-click to reset.
 * Keyboard: arrows move the cross-hair, plus zooms around it, Home resets, Ctrl+C copies the
 * picture and Ctrl+Shift+C the CSV.
 */
final class ChartGestures {
    /** A drag below this many pixels is a click. */
    private static final double DRAG = 6;

    /** Part of the visible range that an arrow key moves the cross-hair. */
    private static final double KEY_STEP = 0.02;

    private final TimeChart chart;
    private final ChartLink link;
    private final ContextMenu menu = new ContextMenu();
    private double pressedAt = Double.NaN;

    ChartGestures(TimeChart chart, ChartLink link) {
        this.chart = chart;
        this.link = link;
    }

    void install() {
        Region node = chart.node();
        node.setOnMouseMoved(event -> withPlot(plot -> moveTo(plot, event.getX())));
        node.setOnMouseExited(_ -> link.crossHairProperty().set(Double.NaN));
        node.setOnMousePressed(this::onPressed);
        node.setOnMouseDragged(this::onDragged);
        node.setOnMouseReleased(this::onReleased);
        node.setOnMouseClicked(this::onClicked);
        node.setOnKeyPressed(this::onKey);
        node.setOnContextMenuRequested(this::onMenu);
        menu.getItems()
                .addAll(item("Copy picture", this::copyPicture), item("Copy CSV", this::copyCsv));
        menu.getItems().add(item("Show all", this::reset));
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void withPlot(Consumer<Plot> action) {
        Plot plot = chart.plot();
        if (plot != null) {
            action.accept(plot);
        }
    }

    private void moveTo(Plot plot, double pixel) {
        double clamped = Math.clamp(pixel, plot.left(), plot.right());
        link.crossHairProperty().set(plot.valueAt(clamped));
    }

    private void onPressed(MouseEvent event) {
        chart.node().requestFocus();
        menu.hide();
        pressedAt = event.getButton() == MouseButton.PRIMARY ? event.getX() : Double.NaN;
    }

    private void onDragged(MouseEvent event) {
        if (Double.isFinite(pressedAt)) {
            chart.select(pressedAt, event.getX());
        }
    }

    private void onReleased(MouseEvent event) {
        double from = pressedAt;
        pressedAt = Double.NaN;
        chart.select(Double.NaN, Double.NaN);
        if (Double.isFinite(from) && Math.abs(event.getX() - from) >= DRAG) {
            withPlot(
                    plot ->
                            zoomTo(
                                    plot,
                                    Math.min(from, event.getX()),
                                    Math.max(from, event.getX())));
        }
    }

    private void zoomTo(Plot plot, double fromPixel, double toPixel) {
        double low = plot.valueAt(Math.max(fromPixel, plot.left()));
        double high = plot.valueAt(Math.min(toPixel, plot.right()));
        if (low < high) {
            link.zoomProperty().set(new Range(low, high));
        }
    }

    private void onClicked(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            reset();
        }
    }

    private void onMenu(ContextMenuEvent event) {
        menu.show(chart.node(), event.getScreenX(), event.getScreenY());
        event.consume();
    }

    private void onKey(KeyEvent event) {
        boolean handled =
                switch (event.getCode()) {
                    case LEFT -> !event.isAltDown() && step(-KEY_STEP);
                    case RIGHT -> !event.isAltDown() && step(KEY_STEP);
                    case PLUS, ADD, EQUALS -> zoomAroundCrossHair();
                    case HOME, MINUS, SUBTRACT -> reset();
                    case C ->
                            event.isShortcutDown()
                                    && (event.isShiftDown() ? copyCsv() : copyPicture());
                    default -> false;
                };
        if (handled) {
            event.consume();
        }
    }

    private boolean step(double share) {
        withPlot(
                plot -> {
                    double now = link.crossHairProperty().get();
                    double start = Double.isFinite(now) ? now : plot.xs().high();
                    double next = start + share * plot.xs().span();
                    link.crossHairProperty()
                            .set(Math.clamp(next, plot.xs().low(), plot.xs().high()));
                });
        return true;
    }

    private boolean zoomAroundCrossHair() {
        withPlot(
                plot -> {
                    double at = link.crossHairProperty().get();
                    double centre =
                            Double.isFinite(at) ? plot.x(at) : plot.left() + plot.width() / 2;
                    zoomTo(plot, centre - plot.width() / 4, centre + plot.width() / 4);
                });
        return true;
    }

    private boolean reset() {
        link.zoomProperty().set(null);
        return true;
    }

    private boolean copyPicture() {
        return Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.IMAGE, chart.picture()));
    }

    private boolean copyCsv() {
        return Clipboard.getSystemClipboard()
                .setContent(Map.of(DataFormat.PLAIN_TEXT, chart.csv()));
    }
}
