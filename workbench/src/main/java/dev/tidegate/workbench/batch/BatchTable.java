package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Explanation;
import dev.tidegate.workbench.control.Labels;
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
import javafx.scene.control.TableCell;
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
        table.getColumns().add(words("File", 150, BatchRow::input, "strong-cell"));
        table.getColumns().add(words("Model", 110, BatchRow::model, "mono-cell"));
        table.getColumns().add(drawn("State", 110, "state-cell", StateCell::new));
        table.getColumns().add(drawn("Progress", 140, "name-cell", ProgressCell::new));
        table.getColumns().add(words("Rows", 84, BatchRow::rows, "number-cell"));
        table.getColumns().add(words("Failed", 76, BatchRow::failed, "number-cell"));
        table.getColumns().add(words("Took", 76, BatchRow::took, "number-cell"));
        table.getColumns().add(words("Submitted", 110, BatchRow::submitted, "mono-cell"));
        table.getColumns().add(words("By", 80, BatchRow::by, "name-cell"));
        table.getColumns().add(words("Why", 240, BatchRow::message, "name-cell"));
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

    private static TableColumn<ObjectProperty<BatchRow>, BatchRow> words(
            String title, double width, Function<BatchRow, String> words, String style) {
        return drawn(title, width, style, () -> new WordsCell(words));
    }

    private static TableColumn<ObjectProperty<BatchRow>, BatchRow> drawn(
            String title,
            double width,
            String style,
            java.util.function.Supplier<TableCell<ObjectProperty<BatchRow>, BatchRow>> cell) {
        TableColumn<ObjectProperty<BatchRow>, BatchRow> column = LiveRows.column(title);
        column.getStyleClass().add(style);
        column.setMinWidth(Math.min(width, 110));
        column.setPrefWidth(width);
        column.setCellFactory(_ -> cell.get());
        return column;
    }

    private static final class WordsCell extends TableCell<ObjectProperty<BatchRow>, BatchRow> {
        private final Function<BatchRow, String> words;
        private final Explanation whole = new Explanation(this);

        WordsCell(Function<BatchRow, String> words) {
            this.words = words;
        }

        @Override
        protected void updateItem(BatchRow row, boolean empty) {
            super.updateItem(row, empty);
            String text = empty || row == null ? "" : words.apply(row);
            setText(text);
            whole.say(text);
        }
    }

    private static final class StateCell extends TableCell<ObjectProperty<BatchRow>, BatchRow> {
        private final Chip chip = new Chip(Tone.UNKNOWN, "");

        @Override
        protected void updateItem(BatchRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : chip);
            if (row != null) {
                chip.show(row.tone(), row.state());
            }
        }
    }

    private static final class ProgressCell extends TableCell<ObjectProperty<BatchRow>, BatchRow> {
        private final Meter meter = new Meter();
        private final Label share = Labels.of("", "mono");
        private final HBox box = new HBox(8, meter, share);

        ProgressCell() {
            box.getStyleClass().add("row");
            HBox.setHgrow(meter, Priority.ALWAYS);
            meter.setPrefHeight(6);
            meter.setMaxHeight(6);
            share.setMinWidth(44);
        }

        @Override
        protected void updateItem(BatchRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : box);
            if (row != null) {
                meter.show(row.progress(), row.share() + " of the file read");
                share.setText(row.share());
            }
        }
    }
}
