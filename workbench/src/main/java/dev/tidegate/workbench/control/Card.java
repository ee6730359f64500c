package dev.tidegate.workbench.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A titled piece of a screen. */
public final class Card extends VBox {
    private final HBox head = new HBox();

    public Card(String title, Node... extras) {
        getStyleClass().add("card");
        head.getStyleClass().add("card-head");
        head.setMinHeight(USE_PREF_SIZE);
        Label label = Labels.of(title, "card-title");
        label.setMinWidth(USE_PREF_SIZE);
        head.getChildren().add(label);
        head.getChildren().addAll(extras);
        getChildren().add(head);
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
