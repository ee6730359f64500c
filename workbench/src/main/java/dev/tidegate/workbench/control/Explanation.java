package dev.tidegate.workbench.control;

import javafx.scene.Node;
import javafx.scene.control.Tooltip;

/**
 * What a node says about itself while the mouse rests on it. The words may change while they are
 * read: the tooltip stays, so that a live value can be looked into.
 */
public final class Explanation {
    private final Node node;
    private final Tooltip tooltip;

    public Explanation(Node node) {
        this.node = node;
        tooltip = Labels.explain(node, "");
        Tooltip.uninstall(node, tooltip);
    }

    /** Shows these words from now on; nothing when they are empty. */
    public void say(String words) {
        boolean silent = tooltip.getText().isEmpty();
        tooltip.setText(words);
        if (words.isEmpty()) {
            tooltip.hide();
            Tooltip.uninstall(node, tooltip);
        } else if (silent) {
            Tooltip.install(node, tooltip);
        }
    }
}
