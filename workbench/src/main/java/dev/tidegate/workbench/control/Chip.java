package dev.tidegate.workbench.control;

import dev.tidegate.workbench.theme.Tone;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A state in a few words, with its icon and colour. */
public final class Chip extends HBox {
    private final Label words = new Label();
    private @Nullable Tone shown;

    public Chip(Tone tone, String text) {
        getStyleClass().add("chip");
        setMaxWidth(Region.USE_PREF_SIZE);
        setMinWidth(Region.USE_PREF_SIZE);
        show(tone, text);
    }

    /**
     * Shows a state; an icon that stays right stays, as a new one takes a frame to get its font.
     */
    public void show(Tone tone, String text) {
        if (tone != shown) {
            shown = tone;
            getStyleClass().removeIf(style -> style.startsWith("tone-"));
            getStyleClass().add(tone.styleClass());
            getChildren().setAll(Icons.of(tone), words);
        }
        words.setText(text);
        setAccessibleText(text);
    }
}
