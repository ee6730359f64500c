package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.tensor.Tensor;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** A column for each version, a row for each output. */
final class SideBySideView {
    private SideBySideView() {}

    static GridPane of(SideBySide answers) {
        GridPane grid = new GridPane(12, 8);
        grid.setId("side-by-side");
        grid.getColumnConstraints().add(new ColumnConstraints());
        for (int i = 0; i < answers.answers().size(); i++) {
            ColumnConstraints wide = new ColumnConstraints();
            wide.setHgrow(Priority.ALWAYS);
            wide.setPercentWidth(72.0 / answers.answers().size());
            grid.getColumnConstraints().add(wide);
            column(grid, i + 1, answers.answers().get(i));
        }
        return grid;
    }

    private static void column(GridPane grid, int column, SideBySide.Answer answer) {
        grid.add(Labels.of(answer.version(), "strong", "mono"), column, 0);
        switch (answer.outcome()) {
            case Outcome.Answered<Prediction> answered -> outputs(grid, column, answered.value());
            case Outcome.Failed<Prediction> failed -> {
                Label words = Labels.wrapping(failed.failure().title(), "tone-text-bad");
                Labels.explain(words, failed.failure().message());
                grid.add(words, column, 1);
            }
        }
    }

    private static void outputs(GridPane grid, int column, Prediction prediction) {
        List<Tensor> outputs = prediction.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            name(grid, outputs.get(i).name(), i + 1);
            Label value = Labels.wrapping(String.join("\n", outputs.get(i).values()), "mono");
            grid.add(value, column, i + 1);
        }
        name(grid, "Round trip", outputs.size() + 1);
        grid.add(
                Labels.of(Figures.millis(prediction.roundTrip()), "mono"),
                column,
                outputs.size() + 1);
    }

    /** Each version would name the same outputs; the first one does. */
    private static void name(GridPane grid, String words, int row) {
        boolean there =
                grid.getChildren().stream()
                        .anyMatch(
                                node ->
                                        GridPane.getColumnIndex(node) == 0
                                                && GridPane.getRowIndex(node) == row);
        if (!there) {
            grid.add(Labels.of(words, "muted"), 0, row);
        }
    }
}
