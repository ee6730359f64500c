package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Harm so far, and whether the split is what was asked for. */
final class SummaryCard {
    private final Label harm = Labels.of("", "figure-small");
    private final Label harmInterval = Labels.of("", "muted");
    private final Tooltip harmOrigin = Labels.explain(harm, "");
    private final Label split = Labels.of("", "mono");
    private final Tooltip splitOrigin = Labels.explain(split, "");
    private final Chip fits = new Chip(Tone.UNKNOWN, "");
    private final Card card = new Card("Harm and split");

    /** The what-if stands below what has been. */
    SummaryCard(Region whatIf) {
        HBox value = new HBox(8, harm, harmInterval);
        value.setAlignment(Pos.BASELINE_RIGHT);
        HBox harmRow = row(Labels.of("Extra events so far", "muted"), value);
        HBox splitRow = row(Labels.of("Split", "muted"), split);
        HBox fitRow = row(Labels.of("As asked for", "muted"), fits);
        VBox rows = new VBox(8, harmRow, splitRow, fitRow, whatIf);
        card.getChildren().add(rows);
        card.setId("harm-and-split");
    }

    private static HBox row(Label name, Region value) {
        value.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(8, name, Labels.spacer(), value);
        row.getStyleClass().add("row");
        return row;
    }

    Region node() {
        return card;
    }

    void show(Rollout rollout) {
        Estimate extra = rollout.harm();
        harm.setText(extra.isEmpty() ? Figures.NONE : Figures.plain(extra.value()));
        harmInterval.setText(extra.isEmpty() ? "no evidence yet" : extra.interval(Figures::plain));
        harmOrigin.setText(extra.isEmpty() ? "No evidence yet" : extra.origin(Figures::plain));
        Estimate seen = rollout.split().seen();
        split.setText(
                Figures.percent(rollout.split().asked())
                        + " asked, "
                        + (seen.isEmpty() ? "none" : Figures.percent(seen.value()))
                        + " seen");
        splitOrigin.setText(
                seen.isEmpty() ? "No unit seen yet" : seen.basis(Figures.percent(seen.value())));
        Verdict verdict = rollout.split().verdict();
        fits.show(verdict.tone(), splitWord(verdict));
    }

    private static String splitWord(Verdict verdict) {
        return switch (verdict) {
            case SAFE -> "fits";
            case HARMFUL -> "does not fit";
            case KEEP_COLLECTING -> "too early to say";
            case INSUFFICIENT -> "insufficient";
        };
    }
}
