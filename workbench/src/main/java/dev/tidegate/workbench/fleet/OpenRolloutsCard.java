package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Rollouts that have not ended, those that wait for a person first. */
final class OpenRolloutsCard implements View {
    private final ObservableList<OpenRolloutItem> items;
    private final Navigation navigation;
    private final Chip count = new Chip(Tone.CALM, "none");
    private final Card card = new Card("Waiting and running", Labels.spacer(), count);
    private final VBox list = new VBox(12);

    OpenRolloutsCard(ObservableList<OpenRolloutItem> items, Navigation navigation) {
        this.items = items;
        this.navigation = navigation;
        card.setId("open-rollouts");
        card.getChildren().add(list);
    }

    @Override
    public Region node() {
        return card;
    }

    @Override
    public Subscription bind() {
        ListChangeListener<OpenRolloutItem> listener = _ -> show();
        items.addListener(listener);
        show();
        return () -> items.removeListener(listener);
    }

    private void show() {
        long waiting = items.stream().filter(OpenRolloutItem::waitsForApproval).count();
        if (waiting > 0) {
            count.show(Tone.WATCH, waiting == 1 ? "1 waits" : waiting + " wait");
        } else {
            count.show(Tone.CALM, items.isEmpty() ? "none open" : items.size() + " open");
        }
        List<Node> nodes = new ArrayList<>();
        items.stream()
                .filter(OpenRolloutItem::waitsForApproval)
                .map(this::item)
                .forEach(nodes::add);
        items.stream().filter(item -> !item.waitsForApproval()).map(this::item).forEach(nodes::add);
        if (nodes.isEmpty()) {
            nodes.add(Labels.wrapping("Nothing waits for you and no rollout is open.", "muted"));
            nodes.add(
                    Labels.wrapping(
                            "tidegate rollout start MODEL --candidate VERSION opens one.",
                            "subtle"));
        }
        list.getChildren().setAll(nodes);
    }

    private Node item(OpenRolloutItem item) {
        Label title = Labels.of(item.title(), "strong");
        Button open =
                new Button(
                        item.waitsForApproval()
                                ? "Review " + item.title() + "…"
                                : "Open " + item.title());
        open.setId("open-rollout-" + item.id());
        open.getStyleClass().addAll("compact", item.waitsForApproval() ? "primary" : "plain");
        open.setOnAction(_ -> navigation.go(new Place.OneRollout(item.id())));
        HBox head = new HBox(8, title, Labels.spacer(), new Chip(item.tone(), item.state()));
        head.getStyleClass().add("row");
        HBox foot = new HBox(Labels.spacer(), open);
        VBox box = new VBox(8, head, Labels.wrapping(item.detail(), "muted"), foot);
        box.getStyleClass().add("open-rollout");
        return box;
    }
}
