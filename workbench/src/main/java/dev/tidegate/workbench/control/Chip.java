package dev.tidegate.workbench.control;

import dev.tidegate.workbench.theme.Tone;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** A state in a few words, with its icon and colour. */
public final class Chip extends HBox {
    private final Label words = new Label();

    public Chip(Tone tone, String text) {
        getStyleClass().add("chip");
        setMaxWidth(Region.USE_PREF_SIZE);
        setMinWidth(Region.USE_PREF_SIZE);
        show(tone, text);
    }

    public void show(Tone tone, String text) {
        getStyleClass().removeIf(style -> style.startsWith("tone-"));
        getStyleClass().add(tone.styleClass());
        words.setText(text);
        getChildren().setAll(Icons.of(tone), words);
        setAccessibleText(text);
    }
}
