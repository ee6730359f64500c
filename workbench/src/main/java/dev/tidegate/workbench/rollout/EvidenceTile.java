package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Explanation;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.theme.Tone;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One guardrail as an approver reads it: the difference, its interval, the verdict. */
final class EvidenceTile extends VBox {
    private final Label name = Labels.of("", "muted");
    private final Label value = Labels.of("", "tile-value");
    private final Label interval = Labels.of("", "muted");
    private final Chip verdict = new Chip(Tone.UNKNOWN, "");
    private final Label basis = Labels.of("", "subtle");
    private final Explanation origin = new Explanation(this);

    EvidenceTile() {
        super(6);
        getChildren().addAll(name, value, interval, verdict, basis);
        getStyleClass().add("evidence-tile");
        setMinWidth(0);
        setPrefWidth(100);
        HBox.setHgrow(this, Priority.ALWAYS);
    }

    void show(Guardrail guardrail) {
        Estimate difference = guardrail.difference();
        boolean known = !difference.isEmpty();
        name.setText(guardrail.name());
        value.setText(known ? Figures.points(difference.value()) : Figures.NONE);
        interval.setText(
                known ? difference.interval(share -> Figures.signed(100 * share)) : "no units yet");
        verdict.show(guardrail.verdict().tone(), guardrail.verdict().word());
        basis.setText(
                "tolerance "
                        + Figures.points(guardrail.tolerance())
                        + " · n "
                        + Figures.count(guardrail.candidate().n()));
        origin.say(known ? difference.origin(Figures::points) : "");
    }
}
