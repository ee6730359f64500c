package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.predictionlog.LogEntry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
    private final FailuresViewModel model;
    private final Navigation navigation;
    private final Label words = Labels.wrapping("", "muted");
    private final VBox list = new VBox(8);
    private final Card card = new Card("Failing requests of the candidate");
    private final DateTimeFormatter clock =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

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
        list.getChildren().setAll(model.entries().stream().map(this::line).toList());
    }

    private Node line(LogEntry entry) {
        Hyperlink open = new Hyperlink(Figures.shortened(entry.id(), 17));
        open.setId("open-entry-" + entry.id());
        open.getStyleClass().add("mono");
        open.setAccessibleText("Open request " + entry.id() + " in the playground");
        open.setOnAction(_ -> navigation.go(new Place.Playground(entry.model(), entry.id())));
        HBox head =
                new HBox(8, open, Labels.spacer(), Labels.of(clock.format(entry.at()), "subtle"));
        head.getStyleClass().add("row");
        Label error = Labels.of(entry.error().isEmpty() ? entry.outcome() : entry.error(), "muted");
        Labels.explain(error, entry.error().isEmpty() ? entry.outcome() : entry.error());
        return new VBox(0, head, error);
    }
}
