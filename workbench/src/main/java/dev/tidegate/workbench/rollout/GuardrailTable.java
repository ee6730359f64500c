package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Label;
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
        return sized(LiveColumns.words(title, width, "number-cell", words, origin));
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> twoLines(
            String title,
            double width,
            Function<GuardrailRow, String> upper,
            Function<GuardrailRow, String> lower,
            String style) {
        return sized(
                LiveColumns.nodes(
                        title,
                        width,
                        style,
                        () -> new TwoLines(style),
                        (lines, row) -> lines.show(upper.apply(row), lower.apply(row)),
                        GuardrailRow::origin));
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> verdicts() {
        return sized(
                LiveColumns.nodes(
                        "Verdict",
                        132,
                        "verdict-cell",
                        () -> new Chip(Tone.UNKNOWN, ""),
                        (chip, row) -> chip.show(row.tone(), row.verdict()),
                        row -> row.reason().isEmpty() ? row.verdict() : row.reason()));
    }

    private static TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> sized(
            TableColumn<ObjectProperty<GuardrailRow>, GuardrailRow> column) {
        column.setMinWidth(column.getPrefWidth() * 0.84);
        return column;
    }

    /** A figure and, smaller below it, what belongs to it. */
    private static final class TwoLines extends VBox {
        private final Label first;
        private final Label second = Labels.of("", "subtle");

        TwoLines(String style) {
            first = Labels.of("", style.equals("number-cell") ? "mono" : "strong");
            getStyleClass().addAll("two-lines", style);
            getChildren().addAll(first, second);
        }

        void show(String upper, String lower) {
            first.setText(upper);
            second.setText(lower);
        }
    }
}
