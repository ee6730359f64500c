package dev.tidegate.workbench.control;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/**
 * A button for a command of the server: disabled with the reason, never hidden, busy until the call
 * returns.
 */
public final class ActionButton extends StackPane {
    private final Button button = new Button();
    private final Tooltip why;
    private final Node icon;

    /** The id goes to the inner button, which takes the focus. */
    public ActionButton(String id, String icon, String style, Runnable action) {
        this.icon = Icons.of(icon);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setGraphic(this.icon);
        button.setOnAction(_ -> action.run());
        button.setMinWidth(USE_PREF_SIZE);
        getChildren().add(button);
        setMaxWidth(USE_PREF_SIZE);
        why = Labels.explain(this, "");
        Tooltip.uninstall(this, why);
    }

    public void show(ActionState state) {
        button.setText(state.busy() ? state.words() + " …" : state.words());
        button.setDisable(!state.isEnabled());
        button.setAccessibleText(
                state.reason().isEmpty() ? state.words() : state.words() + ": " + state.reason());
        why.setText(state.reason());
        if (state.reason().isEmpty()) {
            Tooltip.uninstall(this, why);
        } else {
            Tooltip.install(this, why);
        }
    }

    public Button button() {
        return button;
    }
}
