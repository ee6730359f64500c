package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Tone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
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
    private final Map<String, OpenRolloutEntry> entries = new HashMap<>();
    private final List<Node> nothing =
            List.of(
                    Labels.wrapping("Nothing waits for you and no rollout is open.", "muted"),
                    Labels.wrapping(
                            "tidegate rollout start MODEL --candidate VERSION opens one.",
                            "subtle"));

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
        entries.keySet().retainAll(items.stream().map(OpenRolloutItem::id).toList());
        List<Node> nodes =
                Stream.concat(
                                items.stream().filter(OpenRolloutItem::waitsForApproval),
                                items.stream().filter(item -> !item.waitsForApproval()))
                        .<Node>map(this::entry)
                        .toList();
        List<Node> next = nodes.isEmpty() ? nothing : nodes;
        if (!list.getChildren().equals(next)) {
            list.getChildren().setAll(next);
        }
    }

    /** The same node for the same rollout, so that focus and clicks do not get lost. */
    private OpenRolloutEntry entry(OpenRolloutItem item) {
        OpenRolloutEntry entry =
                entries.computeIfAbsent(
                        item.id(),
                        id ->
                                new OpenRolloutEntry(
                                        id, () -> navigation.go(new Place.OneRollout(id))));
        entry.show(item);
        return entry;
    }
}
