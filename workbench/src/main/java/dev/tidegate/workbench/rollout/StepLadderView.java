package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Meter;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The plan's steps from top to bottom: done ones quiet, the present one open, later ones with what
 * they will ask.
 */
final class StepLadderView extends VBox {
    private List<StepItem> shown = List.of();

    StepLadderView() {
        getStyleClass().add("ladder");
        setId("step-ladder");
    }

    void show(List<StepItem> items) {
        if (items.equals(shown)) {
            return;
        }
        shown = List.copyOf(items);
        getChildren().setAll(shown.stream().map(StepLadderView::rung).toList());
    }

    private static Node rung(StepItem item) {
        HBox head =
                new HBox(
                        8,
                        marker(item.progress()),
                        Labels.of(item.title(), "rung-title"),
                        Labels.spacer());
        head.getStyleClass().add("row");
        if (item.asksApproval()) {
            head.getChildren().add(person(item));
        }
        VBox rung = new VBox(6, head);
        switch (item.progress()) {
            case DONE -> rung.getStyleClass().addAll("rung", "rung-done");
            case CURRENT -> {
                rung.getStyleClass().addAll("rung", "rung-current");
                rung.getChildren().add(progress(item));
            }
            case LATER -> {
                rung.getStyleClass().addAll("rung", "rung-later");
                rung.getChildren().add(asks(item));
            }
        }
        return rung;
    }

    private static Node marker(StepItem.Progress progress) {
        return switch (progress) {
            case DONE -> Icons.of(Tone.GOOD);
            case CURRENT -> Icons.of("fth-play-circle");
            case LATER -> Icons.of("fth-circle");
        };
    }

    private static Node progress(StepItem item) {
        VBox meters =
                new VBox(
                        8,
                        meter("fth-clock", item.time(), item.timeWords()),
                        meter("fth-users", item.units(), item.unitsWords()));
        HBox dots = new HBox(6, Labels.of("Guardrails", "muted"));
        dots.getStyleClass().add("row");
        item.verdicts().forEach(tone -> dots.getChildren().add(Icons.of(tone)));
        meters.getChildren().add(dots);
        meters.getStyleClass().add("rung-body");
        return meters;
    }

    private static Node meter(String icon, double share, String words) {
        Meter meter = new Meter();
        meter.show(share, words);
        HBox.setHgrow(meter, Priority.ALWAYS);
        Label label = Labels.of(words, "muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(8, Icons.of(icon), meter, label);
        row.getStyleClass().addAll("row", "rung-meter");
        return row;
    }

    private static Node asks(StepItem item) {
        boolean nothing = item.title().startsWith("Promote");
        String minimum =
                nothing
                        ? "when all guardrails are safe"
                        : "asks " + item.timeWords() + " and " + item.unitsWords();
        boolean unsigned = item.asksApproval() && item.signature().isEmpty();
        Label words =
                Labels.wrapping(minimum + (unsigned ? ", and with an approval" : ""), "subtle");
        words.getStyleClass().add("rung-body");
        return words;
    }

    /** A person's outline that fills with initials once the approval is given. */
    private static Node person(StepItem item) {
        StackPane person = new StackPane();
        person.getStyleClass().add("person");
        if (item.signature().isEmpty()) {
            person.getChildren().add(Icons.of("fth-user"));
        } else {
            person.getStyleClass().add("person-signed");
            person.getChildren().add(Labels.of(item.signature()));
        }
        person.setAccessibleText(item.signatureWords());
        Labels.explain(person, item.signatureWords());
        return person;
    }
}
