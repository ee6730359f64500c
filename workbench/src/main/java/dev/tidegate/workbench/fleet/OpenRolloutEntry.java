package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.theme.Tone;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One open rollout with the button that leads to it; what it says changes in place. */
final class OpenRolloutEntry extends VBox {
    private final Label title = Labels.of("", "strong");
    private final Chip state = new Chip(Tone.UNKNOWN, "");
    private final Label detail = Labels.wrapping("", "muted");
    private final Button open = new Button();

    OpenRolloutEntry(String id, Runnable go) {
        super(8);
        open.setId("open-rollout-" + id);
        open.setOnAction(_ -> go.run());
        HBox head = new HBox(8, title, Labels.spacer(), state);
        head.getStyleClass().add("row");
        getChildren().addAll(head, detail, new HBox(Labels.spacer(), open));
        getStyleClass().add("open-rollout");
    }

    void show(OpenRolloutItem item) {
        title.setText(item.title());
        state.show(item.tone(), item.state());
        detail.setText(item.detail());
        open.setText((item.waitsForApproval() ? "Review " : "Open ") + item.title() + dots(item));
        open.getStyleClass()
                .setAll("button", "compact", item.waitsForApproval() ? "primary" : "plain");
    }

    private static String dots(OpenRolloutItem item) {
        return item.waitsForApproval() ? "…" : "";
    }
}
