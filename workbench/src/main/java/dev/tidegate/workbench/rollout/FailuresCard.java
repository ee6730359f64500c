package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.predictionlog.LogEntry;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The candidate's last failing requests, each to be opened in the playground. */
final class FailuresCard implements View {
    /** Of an error before its end is left to the tooltip. */
    private static final int LETTERS = 120;

    private final FailuresViewModel model;
    private final Navigation navigation;
    private final Label words = Labels.wrapping("", "muted");
    private final VBox list = new VBox(8);
    private final Map<String, Node> lines = new HashMap<>();
    private final Card card = new Card("Failing requests of the candidate");

    FailuresCard(FailuresViewModel model, Navigation navigation) {
        this.model = model;
        this.navigation = navigation;
        card.setId("failing-requests");
        card.getChildren().addAll(words, list);
    }

    @Override
    public Region node() {
        return card;
    }

    @Override
    public Subscription bind() {
        ListChangeListener<LogEntry> listener = _ -> showEntries();
        model.entries().addListener(listener);
        showEntries();
        return Subscription.combine(
                model.start(),
                model.wordsProperty().subscribe(this::showWords),
                () -> model.entries().removeListener(listener));
    }

    private void showWords(String text) {
        words.setText(text);
        words.setManaged(!text.isEmpty());
    }

    private void showEntries() {
        lines.keySet().retainAll(model.entries().stream().map(LogEntry::id).toList());
        list.getChildren()
                .setAll(
                        model.entries().stream()
                                .map(entry -> lines.computeIfAbsent(entry.id(), _ -> line(entry)))
                                .toList());
    }

    private Node line(LogEntry entry) {
        Hyperlink open = new Hyperlink(Figures.shortened(entry.id(), 17));
        open.setId("open-entry-" + entry.id());
        open.getStyleClass().add("mono");
        open.setAccessibleText("Open request " + entry.id() + " in the playground");
        open.setOnAction(_ -> navigation.go(new Place.Playground(entry.model(), entry.id())));
        Label at = Labels.of(Times.clock(entry.at(), model.now()), "subtle");
        Labels.explain(at, Times.full(entry.at()));
        HBox head = new HBox(8, open, Labels.spacer(), at);
        head.getStyleClass().add("row");
        String why = entry.error().isEmpty() ? entry.outcome() : entry.error();
        Label error =
                Labels.wrapping(
                        why.length() > LETTERS ? why.substring(0, LETTERS - 1) + "…" : why,
                        "muted");
        Labels.explain(error, why);
        return new VBox(0, head, error);
    }
}
