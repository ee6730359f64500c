package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Explanation;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/**
 * All guardrails with both arms, the difference with its interval, the verdict and what is missing.
 */
final class GuardrailTable {
    private static final double ROW = 44;
    private static final double HEADER = 30;

    /** Widths of the table, in pixels, from which more columns fit. */
    private static final double MIDDLE = 740;

    private static final double WIDE = 860;

    private final LiveRows<GuardrailRow> rows = new LiveRows<>();
    private final TableView<ObjectProperty<GuardrailRow>> table = rows.table();

    GuardrailTable(Consumer<String> choose) {
        table.setId("guardrail-table");
        table.getStyleClass().add("dense-table");
        table.setAccessibleText("Guardrails; choose one to see its evidence");
        table.setFixedCellSize(ROW);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(Labels.of("The plan names no guardrail", "muted"));
        show(
                twoLines("Guardrail", 176, GuardrailRow::name, GuardrailRow::detail, "strong-cell"),
                0);
        show(words("Champion", 92, GuardrailRow::champion, GuardrailRow::championOrigin), 0);
        show(words("Candidate", 96, GuardrailRow::candidate, GuardrailRow::candidateOrigin), 0);
        show(
                twoLines(
                        "Difference",
                        136,
                        GuardrailRow::difference,
                        GuardrailRow::interval,
                        "number-cell"),
                0);
        show(words("Tolerance", 100, GuardrailRow::tolerance, GuardrailRow::origin), MIDDLE);
        show(verdicts(), 0);
        show(words("n", 76, GuardrailRow::n, GuardrailRow::origin), MIDDLE);
        show(
                twoLines(
                        "Still needed",
                        132,
                        GuardrailRow::needed,
                        GuardrailRow::eta,
                        "number-cell"),
                WIDE);
        table.getSelectionModel()
                .selectedItemProperty()
                .subscribe(
                        row -> {
                            if (row != null) {
                                choose.accept(row.get().name());
                            }
                        });
    }

    /** Adds the column, to be seen when the table is at least this wide; tooltips say the rest. */
    private void show(TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column, double from) {
        table.getColumns().add(column);
        table.widthProperty().subscribe(width -> column.setVisible(width.doubleValue() >= from));
    }

    TableView<ObjectProperty<GuardrailRow>> node() {
        return table;
    }

    void show(List<GuardrailRow> next, String chosen) {
        rows.show(next);
        int at = next.stream().map(GuardrailRow::name).toList().indexOf(chosen);
        if (at >= 0 && !table.getSelectionModel().isSelected(at)) {
            table.getSelectionModel().clearAndSelect(at);
        }
        double height = HEADER + ROW * Math.clamp(rows.size(), 1, 5);
        table.setPrefHeight(height);
        table.setMinHeight(height);
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> words(
            String title,
            double width,
            Function<GuardrailRow, String> words,
            Function<GuardrailRow, String> origin) {
        TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column =
                base(title, width, "number-cell");
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Explanation why = new Explanation(this);

                            @Override
                            protected void updateItem(GuardrailRow row, boolean empty) {
                                super.updateItem(row, empty);
                                setText(empty || row == null ? "" : words.apply(row));
                                why.say(empty || row == null ? "" : origin.apply(row));
                            }
                        });
        return column;
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> twoLines(
            String title,
            double width,
            Function<GuardrailRow, String> upper,
            Function<GuardrailRow, String> lower,
            String style) {
        TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column = base(title, width, style);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Label first =
                                    Labels.of("", style.equals("number-cell") ? "mono" : "strong");
                            private final Label second = Labels.of("", "subtle");
                            private final VBox lines = new VBox(first, second);
                            private final Explanation why = new Explanation(this);

                            {
                                lines.getStyleClass().addAll("two-lines", style);
                            }

                            @Override
                            protected void updateItem(GuardrailRow row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setGraphic(null);
                                    why.say("");
                                    return;
                                }
                                first.setText(upper.apply(row));
                                second.setText(lower.apply(row));
                                setGraphic(lines);
                                why.say(row.origin());
                            }
                        });
        return column;
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> verdicts() {
        TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column =
                base("Verdict", 132, "verdict-cell");
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Chip chip = new Chip(Tone.UNKNOWN, "");
                            private final Explanation why = new Explanation(this);

                            @Override
                            protected void updateItem(GuardrailRow row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setGraphic(null);
                                    why.say("");
                                    return;
                                }
                                chip.show(row.tone(), row.verdict());
                                setGraphic(chip);
                                why.say(row.reason().isEmpty() ? row.verdict() : row.reason());
                            }
                        });
        return column;
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> base(
            String title, double width, String style) {
        TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column = LiveRows.column(title);
        column.getStyleClass().add(style);
        column.setMinWidth(width * 0.84);
        column.setPrefWidth(width);
        return column;
    }
}
