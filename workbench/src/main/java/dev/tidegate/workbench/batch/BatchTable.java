package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Meter;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Subscription;

/** The jobs, newest first. */
final class BatchTable {
    private final LiveRows<BatchRow> rows = new LiveRows<>();
    private final TableView<ObjectProperty<BatchRow>> table = rows.table();

    BatchTable(ColumnWidths columns) {
        table.setId("batch-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(
                Placeholder.empty(
                        "No batch job yet",
                        "Choose a model above and a file of rows; or: tidegate predict MODEL --in"
                                + " rows.csv --out scored.csv"));
        words("File", 150, BatchRow::input, "strong-cell");
        words("Model", 110, BatchRow::model, "mono-cell");
        add(
                LiveColumns.nodes(
                        "State",
                        110,
                        "state-cell",
                        () -> new Chip(Tone.UNKNOWN, ""),
                        (chip, row) -> chip.show(row.tone(), row.state())));
        add(LiveColumns.nodes("Progress", 140, "name-cell", Progress::new, Progress::show));
        words("Rows", 84, BatchRow::rows, "number-cell");
        words("Failed", 76, BatchRow::failed, "number-cell");
        words("Took", 76, BatchRow::took, "number-cell");
        words("Submitted", 110, BatchRow::submitted, "mono-cell");
        words("By", 80, BatchRow::by, "name-cell");
        words("Why", 240, BatchRow::message, "name-cell");
        columns.follow(table);
    }

    Node node() {
        return table;
    }

    void show(List<BatchRow> shown) {
        rows.show(shown);
    }

    /** Tells the id of the job that is chosen, empty when none is. */
    Subscription onChoice(Consumer<String> listener) {
        return table.getSelectionModel()
                .selectedItemProperty()
                .subscribe(
                        _ ->
                                listener.accept(
                                        LiveRows.selected(table).map(BatchRow::id).orElse("")));
    }

    /** Marks the job of that id. */
    void mark(Optional<BatchJob> job) {
        if (job.isEmpty()
                || LiveRows.selected(table).map(BatchRow::id).equals(job.map(BatchJob::id))) {
            return;
        }
        table.getItems().stream()
                .filter(row -> row.get().id().equals(job.get().id()))
                .findFirst()
                .ifPresent(row -> table.getSelectionModel().select(row));
    }

    private void words(String title, double width, Function<BatchRow, String> words, String style) {
        add(LiveColumns.words(title, width, style, words));
    }

    private void add(TableColumn<ObjectProperty<BatchRow>, BatchRow> column) {
        column.setMinWidth(Math.min(column.getPrefWidth(), 110));
        table.getColumns().add(column);
    }

    /** How much of the file is read, as a bar and in words. */
    private static final class Progress extends HBox {
        private final Meter meter = new Meter();
        private final Label share = Labels.of("", "mono");

        Progress() {
            super(8);
            getStyleClass().add("row");
            HBox.setHgrow(meter, Priority.ALWAYS);
            meter.setPrefHeight(6);
            meter.setMaxHeight(6);
            share.setMinWidth(44);
            getChildren().addAll(meter, share);
        }

        void show(BatchRow row) {
            meter.show(row.progress(), row.share() + " of the file read");
            share.setText(row.share());
        }
    }
}
