package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.CardFeed;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Times;
import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Who answers when the champion does not, from the top of the ladder down. */
final class LadderCard {
    private static final int MOST_LINES = 4;

    private final LadderViewModel model;
    private final VBox rungs = new VBox(6);
    private final Label setting = Labels.wrapping("", "muted");
    private final ActionButton edit;
    private final CardFeed feed;
    private final Card card;

    LadderCard(LadderViewModel model, LadderDialog dialog) {
        this.model = model;
        edit = new ActionButton("change-ladder", "fth-edit-2", "plain", dialog::open);
        rungs.setId("ladder-rungs");
        HBox foot = new HBox(12, setting, edit);
        foot.getStyleClass().add("row");
        setting.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(setting, Priority.ALWAYS);
        feed = new CardFeed("ladder-problem", new VBox(12, rungs, foot));
        card = new Card("Fallback ladder", Labels.of("who answers, from above", "subtle"));
        card.getChildren().add(feed.node());
    }

    Region node() {
        return card;
    }

    Subscription bind() {
        return model.feedProperty().subscribe(this::show);
    }

    private void show(Feed<Ladder> next) {
        feed.show(next, this::draw);
        edit.show(
                next instanceof Feed.Live<Ladder>
                        ? ActionState.allowed("Change the ladder…")
                        : ActionState.refused("Change the ladder…", "The server does not answer"));
    }

    private void draw(Ladder ladder) {
        rungs.getChildren().setAll(rung(1, ladder.champion(), "the champion"));
        if (!ladder.version().isEmpty()) {
            add(ladder.version(), "with half of the time that is left");
        }
        if (!ladder.rules().isEmpty()) {
            add(
                    LadderRules.areConstants(ladder.rules()) ? "Constants" : "Rules",
                    "the same on every replica");
            Label text =
                    Labels.wrapping(
                            LadderRules.shortened(ladder.rules(), MOST_LINES),
                            "mono",
                            "rung-rules");
            text.setId("ladder-rules-shown");
            rungs.getChildren().add(text);
        }
        add("Clear error", "the champion's, and why each rung had no answer");
        setting.setText(
                ladder.setting()
                        .map(
                                made ->
                                        "Set by %s, %s"
                                                .formatted(
                                                        made.by(),
                                                        Times.clock(made.at(), Instant.now())))
                        .orElse("No ladder is set: what the champion does not answer fails."));
    }

    private void add(String name, String words) {
        long before = rungs.getChildren().stream().filter(HBox.class::isInstance).count();
        rungs.getChildren().add(rung((int) before + 1, name, words));
    }

    private static Node rung(int place, String name, String words) {
        Label number = Labels.of(Integer.toString(place), "rung-number");
        Label who = Labels.of(name, "strong");
        who.setMinWidth(Region.USE_PREF_SIZE);
        Label why = Labels.wrapping(words, "muted");
        HBox.setHgrow(why, Priority.ALWAYS);
        HBox row = new HBox(8, number, who, why);
        row.getStyleClass().add("row");
        return row;
    }
}
