package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.control.Sparkline;
import dev.tidegate.workbench.control.WeightBar;
import dev.tidegate.workbench.theme.ChartPalette;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Subscription;

/** The dense table of the overview, one row a model. */
final class ModelTable {
    private static final double ROW = 36;
    private static final double HEADER = 30;

    /** Widths of the table, in pixels, from which more columns fit. */
    private static final double MIDDLE = 780;

    private static final double WIDE = 900;

    private final ObservableList<ModelRow> models;
    private final LiveRows<ModelRow> rows = new LiveRows<>();
    private final TableView<ObjectProperty<ModelRow>> table = rows.table();

    ModelTable(ObservableList<ModelRow> models, ObservableValue<ChartPalette> palette) {
        this.models = models;
        table.setId("model-table");
        table.setFixedCellSize(ROW);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getStyleClass().add("dense-table");
        table.setAccessibleText("Models with traffic, errors and latency");
        table.prefHeightProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> HEADER + ROW * Math.clamp(models.size(), 1, 6), models));
        table.minHeightProperty().bind(table.prefHeightProperty());
        table.setPlaceholder(
                Placeholder.empty(
                        "No model yet",
                        "Register one: tidegate model register NAME FILE.onnx --alias champion"));
        addColumns(palette);
    }

    private void addColumns(ObservableValue<ChartPalette> palette) {
        show(column("Model", 110, ModelRow::name, "strong-cell"), 0);
        show(nodes("Versions and weights", 240, WeightCell::new, WeightCell::show), 0);
        show(column("Traffic /s", 92, ModelRow::rate, "number-cell"), 0);
        show(column("Errors %", 86, ModelRow::errors, "number-cell"), 0);
        show(column("p50 ms", 76, ModelRow::p50, "number-cell"), MIDDLE);
        show(column("p95 ms", 76, ModelRow::p95, "number-cell"), 0);
        show(column("p99 ms", 76, ModelRow::p99, "number-cell"), MIDDLE);
        show(nodes("Last 5 min", 110, () -> new Sparkline(palette), ModelTable::showTrend), WIDE);
        show(nodes("Rollout", 168, StateCell::new, StateCell::show), MIDDLE);
    }

    /**
     * Adds the column, to be seen when the table is at least this wide: better none than one cut
     * off.
     */
    private void show(TableColumn<ObjectProperty<ModelRow>, ModelRow> column, double from) {
        column.setMinWidth(column.getPrefWidth() * 0.9);
        table.getColumns().add(column);
        table.widthProperty().subscribe(width -> column.setVisible(width.doubleValue() >= from));
    }

    private static void showTrend(Sparkline line, ModelRow row) {
        line.show(row.trend().newest(300));
    }

    TableView<ObjectProperty<ModelRow>> node() {
        return table;
    }

    /** Follows the models until unsubscribed. */
    Subscription bind() {
        ListChangeListener<ModelRow> listener = _ -> rows.show(models);
        models.addListener(listener);
        rows.show(models);
        return () -> models.removeListener(listener);
    }

    Optional<ModelRow> chosen() {
        return LiveRows.selected(table);
    }

    private static TableColumn<ObjectProperty<ModelRow>, ModelRow> column(
            String title, double width, Function<ModelRow, String> words, String style) {
        return LiveColumns.words(
                title, width, style, words, row -> row.name() + ": " + row.basis());
    }

    private static <N extends Node> TableColumn<ObjectProperty<ModelRow>, ModelRow> nodes(
            String title, double width, Supplier<N> node, BiConsumer<N, ModelRow> show) {
        return LiveColumns.nodes(title, width, "drawn-cell", node, show);
    }

    /** The weights as a bar, and in words. */
    private static final class WeightCell extends HBox {
        private final WeightBar bar = new WeightBar();
        private final javafx.scene.control.Label words = Labels.of("", "mono", "weight-words");

        WeightCell() {
            super(10);
            getStyleClass().add("weight-cell");
            HBox.setHgrow(bar, Priority.ALWAYS);
            words.setMinWidth(USE_PREF_SIZE);
            getChildren().addAll(bar, words);
        }

        void show(ModelRow row) {
            bar.show(row.weights());
            words.setText(
                    row.weights().stream()
                            .map(
                                    piece ->
                                            piece.version()
                                                    + " "
                                                    + Math.round(100 * piece.weight())
                                                    + " %")
                            .collect(Collectors.joining(" · ")));
        }
    }

    /** The rollout's state. */
    private static final class StateCell extends HBox {
        private final Chip chip = new Chip(dev.tidegate.workbench.theme.Tone.UNKNOWN, "");

        StateCell() {
            getStyleClass().add("state-cell");
            getChildren().add(chip);
        }

        void show(ModelRow row) {
            chip.show(row.tone(), row.state());
        }
    }
}
