package dev.tidegate.workbench.fx;

import javafx.scene.layout.Region;
import javafx.util.Subscription;

/**
 * A piece of screen: its nodes are built in the constructor, and live only between {@link #bind}
 * and unsubscribe.
 */
public interface View {
    Region node();

    /** Leaves only the card of that id on this view, for a window of its own. */
    default void showOnly(String card) {}

    /** Connects the nodes to their view-model; unsubscribing undoes it. */
    Subscription bind();
}
