package dev.tidegate.workbench.control;

import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A titled piece of a screen, which can be torn off into a window of its own. */
public final class Card extends VBox {
    private final HBox head = new HBox();

    public Card(String title, Node... extras) {
        getStyleClass().add("card");
        setId("card-" + slug(title));
        head.getStyleClass().add("card-head");
        head.setMinHeight(USE_PREF_SIZE);
        Label label = Labels.of(title, "card-title");
        label.setMinWidth(USE_PREF_SIZE);
        HBox words = new HBox(8, label);
        words.getStyleClass().add("row");
        words.getChildren().addAll(extras);
        HBox.setHgrow(words, Priority.ALWAYS);
        head.getChildren().addAll(words, tearOff(title));
        getChildren().add(head);
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private Button tearOff(String title) {
        Button button = new Button();
        button.setId("tear-off-" + slug(title));
        button.getStyleClass().addAll("icon-only", "tear-off");
        button.setGraphic(Icons.of("fth-external-link"));
        button.setAccessibleText("Open " + title + " in a window of its own");
        Labels.explain(button, "Open in a window of its own");
        button.setOnAction(_ -> button.fireEvent(new TearOffEvent(getId(), title)));
        return button;
    }

    /** Lets the content reach the card's edges, as tables do. */
    public static Card flush(String title, Node... extras) {
        Card card = new Card(title, extras);
        card.getStyleClass().add("flush");
        return card;
    }

    public static Card of(String title, Node content) {
        Card card = new Card(title);
        card.getChildren().add(content);
        return card;
    }
}
