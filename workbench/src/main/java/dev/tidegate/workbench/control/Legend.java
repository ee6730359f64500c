package dev.tidegate.workbench.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;

/** Names what has which arm colour. */
public final class Legend extends FlowPane {
    /** A name and the index of its arm colour. */
    public record Entry(String name, int colour) {}

    private List<Entry> entries = List.of();

    public Legend() {
        super(16, 4);
        getStyleClass().add("legend");
    }

    public void show(List<Entry> next) {
        if (next.equals(entries)) {
            return;
        }
        entries = List.copyOf(next);
        getChildren().setAll(entries.stream().map(Legend::node).toList());
    }

    private static Node node(Entry entry) {
        var label = Labels.of(entry.name());
        label.setGraphic(dot(entry.colour()));
        label.setGraphicTextGap(6);
        return label;
    }

    /** A dot in an arm's colour. */
    public static Region dot(int colour) {
        Region dot = new Region();
        dot.getStyleClass().addAll("dot", "arm-fill-" + colour);
        return dot;
    }
}
