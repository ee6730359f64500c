package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.Tone;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** A weight to try on the evidence that is there, before anybody asks for it. */
final class WhatIfSlider implements View {
    private static final double START = 25;

    private final RolloutViewModel model;
    private final Slider weight = new Slider(1, 100, START);
    private final Label percent = Labels.of("", "mono");
    private final Label words = Labels.wrapping("", "muted");
    private final Tooltip origin = Labels.explain(words, "");
    private final VBox box = new VBox(6);

    WhatIfSlider(RolloutViewModel model) {
        this.model = model;
        weight.setId("what-if-weight");
        weight.setAccessibleText("Weight to try, in per cent");
        weight.setBlockIncrement(5);
        HBox.setHgrow(weight, Priority.ALWAYS);
        percent.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(12, weight, percent);
        row.getStyleClass().add("row");
        words.setId("what-if");
        Label title = Labels.of("What if", "section-title");
        title.setLabelFor(weight);
        box.getChildren().addAll(title, row, words);
    }

    @Override
    public Region node() {
        return box;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                weight.valueProperty().subscribe(_ -> show()),
                model.guardrailProperty().subscribe(_ -> show()),
                model.feedProperty().subscribe(_ -> show()));
    }

    private void show() {
        double share = Math.round(weight.getValue()) / 100.0;
        percent.setText(Figures.percent(share));
        Optional<Rollout> rollout =
                model.feedProperty().get().newest().map(RolloutSnapshot::rollout);
        rollout.flatMap(now -> model.chosen(now).map(chosen -> WhatIf.of(now, chosen, share)))
                .ifPresent(this::show);
    }

    private void show(WhatIf answer) {
        words.setText(answer.words());
        words.setGraphic(answer.tone() == Tone.CALM ? null : Icons.of(answer.tone()));
        origin.setText(answer.origin());
    }
}
