package dev.tidegate.workbench.control;

import dev.tidegate.workbench.theme.Tone;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** Stands where content would: says why there is none and what to do next. */
public final class Placeholder extends VBox {
    private Placeholder(Node icon, String title, String next, Node... actions) {
        getStyleClass().add("placeholder");
        var words = Labels.wrapping(next, "placeholder-text");
        words.setMaxWidth(440);
        getChildren().addAll(icon, Labels.of(title, "placeholder-title"), words);
        getChildren().addAll(actions);
    }

    /** Nothing there yet: what would fill it, and the action that does. */
    public static Placeholder empty(String title, String next, Node... actions) {
        return new Placeholder(Icons.of("fth-inbox"), title, next, actions);
    }

    /** It could not be had. */
    public static Placeholder failed(String title, String next, Node... actions) {
        return new Placeholder(Icons.of(Tone.BAD), title, next, actions);
    }

    /** The caller may not see it. */
    public static Placeholder notAllowed(String title, String next, Node... actions) {
        return new Placeholder(Icons.of("fth-lock"), title, next, actions);
    }
}
