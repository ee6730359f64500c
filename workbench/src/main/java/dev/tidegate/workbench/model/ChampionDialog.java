package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.theme.Tone;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Says what a new champion changes before it does. */
final class ChampionDialog {
    private final ModelViewModel model;
    private final Overlay overlay;
    private final Label title = Labels.of("", "page-title");
    private final Label effect = Labels.wrapping("", "banner-text");
    private final ActionButton go;
    private final VBox card = new VBox(16);
    private Subscription bound = Subscription.EMPTY;

    ChampionDialog(ModelViewModel model, Overlay overlay) {
        this.model = model;
        this.overlay = overlay;
        go = new ActionButton("dialog-champion", "fth-check", "approve", this::go);
        Button cancel = new Button("Leave it as it is");
        cancel.setId("dialog-cancel");
        cancel.getStyleClass().add("plain");
        cancel.setOnAction(_ -> overlay.close());
        HBox words = new HBox(12, Icons.of(Tone.WATCH), effect);
        words.getStyleClass().addAll("banner", Tone.WATCH.styleClass());
        HBox.setHgrow(effect, Priority.ALWAYS);
        HBox buttons = new HBox(12, cancel, Labels.spacer(), go);
        buttons.getStyleClass().add("row");
        card.setId("champion-dialog");
        card.getStyleClass().add("approval-dialog");
        card.getChildren()
                .addAll(
                        title,
                        words,
                        Labels.wrapping(
                                "A rollout would go there in steps and come back by itself: tidegate rollout start.",
                                "muted"),
                        buttons);
    }

    void open() {
        overlay.open(card, this::closed);
        bound = model.actionsProperty().subscribe(this::show);
    }

    private void go() {
        model.makeChampion();
        overlay.close();
    }

    private void closed() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
    }

    private void show(@Nullable ModelActions actions) {
        if (actions != null) {
            title.setText(actions.makeChampion().words() + "?");
            effect.setText(actions.effect());
            go.show(actions.makeChampion());
        }
    }
}
