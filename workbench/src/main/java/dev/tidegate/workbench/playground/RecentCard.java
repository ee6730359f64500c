package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.theme.Tone;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Logged requests, whose rows can be taken into the form. */
final class RecentCard {
    private final PlaygroundViewModel model;
    private final TableView<LogEntry> table = new TableView<>();
    private final TextField id = new TextField();
    private final Card card;

    RecentCard(PlaygroundViewModel model, ColumnWidths columns) {
        this.model = model;
        Button refresh = new Button();
        refresh.setId("refresh-log");
        refresh.setGraphic(Icons.of("fth-refresh-cw"));
        refresh.getStyleClass().add("icon-only");
        refresh.setAccessibleText("Look for newer requests");
        refresh.setTooltip(new Tooltip("Look for newer requests"));
        refresh.setOnAction(_ -> model.refreshRecent());
        card = Card.flush("Prediction log", Labels.spacer(), takeSelected(), refresh);
        table.setId("log-table");
        table.getStyleClass().add("dense-table");
        table.setItems(model.recent());
        table.setFixedCellSize(30);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(Labels.of("No request is logged yet; send one", "muted"));
        table.getColumns().add(column("At", 82, entry -> Times.clock(entry.at()), "mono-cell"));
        table.getColumns().add(column("Version", 72, LogEntry::answeredVersion, "mono-cell"));
        table.getColumns().add(column("Why", 82, LogEntry::reason, "name-cell"));
        table.getColumns().add(outcomes());
        table.getColumns()
                .add(
                        column(
                                "ms",
                                54,
                                entry -> Figures.millisNumber((double) entry.totalMicros()),
                                "number-cell"));
        columns.follow(table);
        table.setOnKeyPressed(
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        take();
                    }
                });
        table.setOnMouseClicked(
                event -> {
                    if (event.getClickCount() == 2) {
                        take();
                    }
                });
        VBox.setVgrow(table, Priority.ALWAYS);
        card.getChildren().addAll(table, byId());
        VBox.setVgrow(card, Priority.ALWAYS);
    }

    private Button takeSelected() {
        Button take = new Button("Take chosen row");
        take.setId("take-selected");
        take.getStyleClass().addAll("plain", "compact");
        take.setTooltip(new Tooltip("Fills the form with the chosen request (Enter)"));
        take.setOnAction(_ -> take());
        return take;
    }

    private HBox byId() {
        id.setId("entry-id");
        id.setPromptText("id of a request, the server's or the client's");
        id.setAccessibleText("Id of a logged request");
        Button take = new Button("Find");
        take.setId("take-row");
        take.getStyleClass().addAll("plain", "compact");
        take.setMinWidth(Region.USE_PREF_SIZE);
        take.setOnAction(_ -> takeTyped());
        id.setOnAction(_ -> takeTyped());
        HBox.setHgrow(id, Priority.ALWAYS);
        HBox row = new HBox(8, id, take);
        row.getStyleClass().addAll("row", "take-row");
        return row;
    }

    private void takeTyped() {
        if (!id.getText().isBlank()) {
            model.load(id.getText());
        }
    }

    private void take() {
        LogEntry entry = table.getSelectionModel().getSelectedItem();
        if (entry != null) {
            model.load(entry.id());
        }
    }

    Region node() {
        return card;
    }

    private static TableColumn<LogEntry, LogEntry> column(
            String title, double width, Function<LogEntry, String> words, String style) {
        TableColumn<LogEntry, LogEntry> column = base(title, width, style);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(LogEntry entry, boolean empty) {
                                super.updateItem(entry, empty);
                                setText(empty || entry == null ? "" : words.apply(entry));
                                setTooltip(
                                        empty || entry == null
                                                ? null
                                                : new Tooltip(
                                                        Times.full(entry.at())
                                                                + "\n"
                                                                + entry.id()));
                            }
                        });
        return column;
    }

    private static TableColumn<LogEntry, LogEntry> outcomes() {
        TableColumn<LogEntry, LogEntry> column = base("Outcome", 84, "name-cell");
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(LogEntry entry, boolean empty) {
                                super.updateItem(entry, empty);
                                if (empty || entry == null) {
                                    setText("");
                                    setGraphic(null);
                                    return;
                                }
                                setText(
                                        entry.outcome().equals("OK")
                                                ? "ok"
                                                : entry.outcome().toLowerCase(Locale.ROOT));
                                setGraphic(
                                        Icons.of(
                                                entry.outcome().equals("OK")
                                                        ? Tone.GOOD
                                                        : Tone.BAD));
                                setTooltip(
                                        entry.error().isEmpty()
                                                ? null
                                                : new Tooltip(entry.error()));
                            }
                        });
        return column;
    }

    private static TableColumn<LogEntry, LogEntry> base(String title, double width, String style) {
        TableColumn<LogEntry, LogEntry> column = new TableColumn<>(title);
        column.getStyleClass().add(style);
        column.setMinWidth(width);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        return column;
    }
}
