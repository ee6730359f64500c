package dev.tidegate.workbench.control;

import java.util.function.LongSupplier;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;

/**
 * A button for a command of the server: disabled with the reason, never hidden, busy until the call
 * returns. A press within a moment of a change of its meaning does nothing.
 */
public final class ActionButton extends StackPane {
    private final Button button = new Button();
    private final PressGuard guard;
    private final Explanation why = new Explanation(this);

    /** The id goes to the inner button, which takes the focus. */
    public ActionButton(String id, String icon, String style, Runnable action) {
        this(id, icon, style, action, System::nanoTime);
    }

    /** The supplier gives nanoseconds of a monotonic clock. */
    ActionButton(String id, String icon, String style, Runnable action, LongSupplier nanos) {
        guard = new PressGuard(nanos);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setGraphic(Icons.of(icon));
        button.setOnAction(_ -> press(action));
        button.setMinWidth(USE_PREF_SIZE);
        getChildren().add(button);
        setMaxWidth(USE_PREF_SIZE);
    }

    private void press(Runnable action) {
        if (guard.lets()) {
            action.run();
        }
    }

    public void show(ActionState state) {
        guard.mean(state.words());
        button.setText(state.busy() ? state.words() + " …" : state.words());
        button.setDisable(!state.isEnabled());
        button.setAccessibleText(
                state.reason().isEmpty() ? state.words() : state.words() + ": " + state.reason());
        why.say(state.reason());
    }

    public Button button() {
        return button;
    }
}
