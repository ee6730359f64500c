package dev.tidegate.workbench.control;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Shows within a card how its own feed is: the content, greyed under a line of words when it is
 * old, or words in its place when there is none.
 */
public final class CardFeed {
    private final Region content;
    private final Region waiting = new Skeleton(2);
    private final StackPane icon = new StackPane();
    private final Label words = Labels.wrapping("", "banner-text");
    private final HBox line = new HBox(icon, words);
    private final VBox box = new VBox();

    /** The line of words has this id. */
    public CardFeed(String id, Region content) {
        this.content = content;
        line.setId(id);
        line.getStyleClass().addAll("banner", "card-banner");
        HBox.setHgrow(words, Priority.ALWAYS);
        VBox.setVgrow(content, Priority.ALWAYS);
        VBox.setVgrow(box, Priority.ALWAYS);
    }

    public Region node() {
        return box;
    }

    /** Shows the feed; what it has is drawn, live or old. */
    public <T> void show(Feed<T> feed, Consumer<T> draw) {
        feed.newest().ifPresent(draw);
        content.getStyleClass().remove("stale");
        switch (feed) {
            case Feed.Waiting<T> _ -> put(waiting);
            case Feed.Live<T> _ -> put(content);
            case Feed.Stale<T> stale -> {
                content.getStyleClass().add("stale");
                say(
                        stale.failure(),
                        "You see the state of " + Times.clock(stale.at(), Instant.now()) + ".");
                put(line, content);
            }
            case Feed.Failed<T> failed -> {
                say(failed.failure(), failed.failure().advice());
                put(line);
            }
        }
    }

    /** What is there already stays, with the focus and the tooltip that somebody reads. */
    private void put(Node... nodes) {
        if (!box.getChildren().equals(List.of(nodes))) {
            box.getChildren().setAll(nodes);
        }
    }

    private void say(ServiceFailure failure, String next) {
        Tone tone = tone(failure);
        line.getStyleClass().removeIf(style -> style.startsWith("tone-"));
        line.getStyleClass().add(tone.styleClass());
        icon.getChildren().setAll(Icons.of(tone));
        words.setText(failure.title() + ": " + failure.message() + ". " + next);
    }

    private static Tone tone(ServiceFailure failure) {
        return switch (failure) {
            case ServiceFailure.Unauthenticated _,
                    ServiceFailure.NotAllowed _,
                    ServiceFailure.Missing _,
                    ServiceFailure.Unsupported _ ->
                    Tone.UNKNOWN;
            case ServiceFailure.Unavailable _,
                    ServiceFailure.Outdated _,
                    ServiceFailure.Exhausted _,
                    ServiceFailure.Conflict _ ->
                    Tone.WATCH;
            case ServiceFailure.Invalid _, ServiceFailure.Internal _ -> Tone.BAD;
        };
    }
}
