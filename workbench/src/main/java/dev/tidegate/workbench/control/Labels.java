package dev.tidegate.workbench.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** Labels in the type styles of the theme, and what goes between and over them. */
public final class Labels {
    private Labels() {}

    public static Label of(String words, String... styles) {
        Label label = new Label(words);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** A label that wraps instead of being cut off. */
    public static Label wrapping(String words, String... styles) {
        Label label = of(words, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Takes the room that is left in a row. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /** Says more about the node while the mouse rests on it. */
    public static Tooltip explain(Node node, String words) {
        Tooltip tooltip = new Tooltip(words);
        tooltip.setShowDelay(Duration.millis(300));
        tooltip.setShowDuration(Duration.minutes(1));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        Tooltip.install(node, tooltip);
        return tooltip;
    }
}
