package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Going back at the left in one click, holding, and going on at the right; always on the same
 * places.
 */
final class ActionBar implements View {
    private final RolloutViewModel model;
    private final ActionButton rollBack;
    private final ActionButton hold;
    private final ActionButton approve;
    private final Label state = Labels.wrapping("", "strong");
    private final Label why = Labels.wrapping("", "muted");
    private final HBox bar = new HBox(12);

    ActionBar(RolloutViewModel model, Runnable openApproval) {
        this.model = model;
        rollBack = new ActionButton("roll-back", "fth-rotate-ccw", "going-back", model::rollBack);
        hold = new ActionButton("hold", "fth-pause", "plain", model::holdOrResume);
        approve = new ActionButton("approve", "fth-check", "approve", openApproval);
        VBox words = new VBox(2, state, why);
        words.getStyleClass().add("action-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        bar.getStyleClass().addAll("card", "action-bar");
        bar.getChildren().addAll(rollBack, words, hold, approve);
    }

    @Override
    public Region node() {
        return bar;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.actionsProperty().subscribe(this::show),
                model.feedProperty()
                        .subscribe(
                                feed ->
                                        feed.newest()
                                                .map(RolloutSnapshot::rollout)
                                                .ifPresent(this::showState)));
    }

    private void show(@Nullable RolloutActions actions) {
        if (actions == null) {
            return;
        }
        rollBack.show(actions.rollBack());
        hold.show(actions.hold());
        ActionState next = actions.approve();
        approve.show(new ActionState(next.words() + "…", next.reason(), next.busy()));
        why.setText(
                next.isEnabled() || next.busy()
                        ? ""
                        : next.words() + " is not possible: " + next.reason());
        why.setManaged(!why.getText().isEmpty());
    }

    private void showState(Rollout rollout) {
        boolean waits = rollout.state().equals("AWAITING_APPROVAL");
        bar.getStyleClass().remove("loud");
        if (waits) {
            bar.getStyleClass().add("loud");
        }
        state.setText(Figures.sentence(rollout.reason()));
    }
}
