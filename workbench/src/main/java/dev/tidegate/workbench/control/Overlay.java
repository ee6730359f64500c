package dev.tidegate.workbench.control;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The layer above the screen: dims it and shows one raised card at a time. Escape closes it. */
public final class Overlay {
    private final StackPane layer = new StackPane();
    private final Region veil = new Region();
    private Runnable onClosed = () -> {};
    private @Nullable Node focusBefore;

    public Overlay() {
        veil.getStyleClass().add("veil");
        veil.setOnMouseClicked(this::clickedBeside);
        layer.setId("overlay");
        layer.setVisible(false);
        layer.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /** The second click of the double-click that opened the card does not close it. */
    private void clickedBeside(MouseEvent click) {
        if (click.getClickCount() == 1) {
            close();
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        } else if (event.getCode() == KeyCode.TAB) {
            moveFocus(event.isShiftDown() ? -1 : 1);
            event.consume();
        }
    }

    /** Moves the focus within the card, round and round: what lies under the veil cannot get it. */
    private void moveFocus(int steps) {
        List<Node> stops = new ArrayList<>();
        collectStops(layer, stops);
        if (!stops.isEmpty()) {
            int at = stops.indexOf(layer.getScene().getFocusOwner());
            int to = at < 0 && steps < 0 ? stops.size() - 1 : at + steps;
            stops.get(Math.floorMod(to, stops.size())).requestFocus();
        }
    }

    private static void collectStops(Node node, List<Node> stops) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            stops.add(node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectStops(child, stops));
        }
    }

    public Region node() {
        return layer;
    }

    public boolean isOpen() {
        return layer.isVisible();
    }

    /**
     * Raises the card over the dimmed screen; the action runs when it is closed, however that
     * happens.
     */
    public void open(Region card, Runnable closed) {
        close();
        focusBefore = layer.getScene() == null ? null : layer.getScene().getFocusOwner();
        onClosed = closed;
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        card.getStyleClass().add("raised");
        layer.getChildren().setAll(veil, card);
        layer.setVisible(true);
    }

    public void close() {
        if (!layer.isVisible()) {
            return;
        }
        layer.setVisible(false);
        layer.getChildren().clear();
        Runnable closed = onClosed;
        onClosed = () -> {};
        closed.run();
        if (focusBefore != null) {
            focusBefore.requestFocus();
        }
    }
}
