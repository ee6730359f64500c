package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** One field of the form: its name, its control, and what is wrong or what may be typed. */
final class FieldView implements View {
    private final Field field;
    private final Control control;
    private final Label note = Labels.wrapping("", "field-note");
    private final VBox box;

    FieldView(Field field) {
        this.field = field;
        control = control();
        control.setId("field-" + field.column().name());
        control.setMaxWidth(Double.MAX_VALUE);
        Label name = Labels.of(field.column().name(), "field-name");
        name.setLabelFor(control);
        box = new VBox(4, name, control, note);
        box.setMinWidth(0);
    }

    private Control control() {
        boolean truth = field.column().kind().equals("boolean");
        if (field.column().allowed().isEmpty() && !truth) {
            TextField text = new TextField();
            text.textProperty().bindBidirectional(field.value());
            text.setAccessibleText(field.column().name() + ", " + field.hint());
            return text;
        }
        ComboBox<String> choice = new ComboBox<>();
        if (field.column().nullable()) {
            choice.getItems().add("");
        }
        choice.getItems().addAll(truth ? List.of("true", "false") : field.column().allowed());
        choice.valueProperty().bindBidirectional(field.value());
        choice.setAccessibleText(field.column().name() + ", " + field.hint());
        return choice;
    }

    @Override
    public Region node() {
        return box;
    }

    @Override
    public Subscription bind() {
        return field.problem().subscribe(this::showProblem);
    }

    private void showProblem(String problem) {
        note.getStyleClass().remove("field-problem");
        control.getStyleClass().remove("refused");
        if (problem.isEmpty()) {
            note.setText(field.hint());
        } else {
            note.setText(problem);
            note.getStyleClass().add("field-problem");
            control.getStyleClass().add("refused");
            Labels.explain(note, problem);
        }
        control.setAccessibleHelp(problem.isEmpty() ? field.hint() : problem);
    }
}
