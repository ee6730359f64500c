package dev.tidegate.workbench.control;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.time.InstantSource;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Shows a screen's content by how its feed is: loading, live, greyed when stale, failed, or not
 * allowed.
 */
public final class FeedPane {
    private final Region content;
    private final ScrollPane scroll = new ScrollPane();
    private final Label bannerWords = Labels.wrapping("", "banner-text");
    private final HBox banner;
    private final VBox box = new VBox();
    private final InstantSource clock;
    private final Timeline ageing = new Timeline();

    public FeedPane(String id, Region content) {
        this(id, content, InstantSource.system());
    }

    /** The clock tells how old stale data is. */
    FeedPane(String id, Region content, InstantSource clock) {
        this.content = content;
        this.clock = clock;
        ageing.setCycleCount(Animation.INDEFINITE);
        box.setId(id);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        banner = new HBox(Icons.of("fth-wifi-off"), bannerWords);
        banner.getStyleClass().addAll("banner", "stale-banner", Tone.WATCH.styleClass());
        banner.setId(id + "-stale");
        HBox.setHgrow(bannerWords, Priority.ALWAYS);
    }

    public Region node() {
        return box;
    }

    /** Leaves only the card of that id of the content. */
    public void showOnly(String card) {
        Node found = within(content, card);
        if (found != null && content instanceof Pane page) {
            ((Pane) found.getParent()).getChildren().remove(found);
            page.getChildren().setAll(found);
            VBox.setVgrow(found, Priority.ALWAYS);
            HBox.setHgrow(found, Priority.ALWAYS);
            if (found instanceof Region region) {
                region.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            }
        }
    }

    private static @Nullable Node within(Node node, String id) {
        if (id.equals(node.getId())) {
            return node;
        }
        if (node instanceof Pane pane) {
            for (Node child : pane.getChildren()) {
                Node found = within(child, id);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    public <T> Subscription bind(ReadOnlyObjectProperty<Feed<T>> feed) {
        return Subscription.combine(feed.subscribe(this::show), ageing::stop);
    }

    private <T> void show(Feed<T> feed) {
        ageing.stop();
        switch (feed) {
            case Feed.Waiting<T> _ -> replaceBy(new Skeleton(9));
            case Feed.Live<T> _ -> showContent(false);
            case Feed.Stale<T> stale -> {
                bannerWords.setText(staleWords(stale));
                showContent(true);
                ageing.getKeyFrames()
                        .setAll(
                                new KeyFrame(
                                        Duration.seconds(1),
                                        _ -> bannerWords.setText(staleWords(stale))));
                ageing.play();
            }
            case Feed.Failed<T> failed -> replaceBy(placeholder(failed.failure()));
        }
    }

    private String staleWords(Feed.Stale<?> stale) {
        ServiceFailure failure = stale.failure();
        Instant now = clock.instant();
        return failure.title()
                + ": "
                + failure.message()
                + ". You see the state of "
                + Times.clock(stale.at(), now)
                + ", "
                + Figures.about(java.time.Duration.between(stale.at(), now))
                + " ago. "
                + failure.advice();
    }

    private void showContent(boolean stale) {
        content.getStyleClass().remove("stale");
        if (stale) {
            content.getStyleClass().add("stale");
        }
        if (scroll.getContent() != content) {
            scroll.setContent(content);
        }
        if (stale && box.getChildren().size() != 2) {
            box.getChildren().setAll(banner, scroll);
        } else if (!stale
                && (box.getChildren().size() != 1 || box.getChildren().getFirst() != scroll)) {
            box.getChildren().setAll(scroll);
        }
    }

    private void replaceBy(Node node) {
        VBox.setVgrow(node, Priority.ALWAYS);
        VBox.setMargin(node, new javafx.geometry.Insets(20));
        box.getChildren().setAll(node);
    }

    /** The placeholder for a failure, in words that say what to do. */
    public static Placeholder placeholder(ServiceFailure failure) {
        String words = failure.message() + ". " + failure.advice();
        return switch (failure) {
            case ServiceFailure.Unauthenticated _, ServiceFailure.NotAllowed _ ->
                    Placeholder.notAllowed(failure.title(), words);
            case ServiceFailure.Unavailable _,
                    ServiceFailure.Outdated _,
                    ServiceFailure.Invalid _,
                    ServiceFailure.Conflict _,
                    ServiceFailure.Missing _,
                    ServiceFailure.Exhausted _,
                    ServiceFailure.Unsupported _,
                    ServiceFailure.Internal _ ->
                    Placeholder.failed(failure.title(), words);
        };
    }
}
