package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.chart.ChartLink;
import dev.tidegate.workbench.chart.TimeChart;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Segments;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of the chosen guardrail: band, e-process and split over one x, with one cross-hair.
 */
final class EvidenceCard implements View {
    private final RolloutViewModel model;
    private final ChartLink link = new ChartLink();
    private final TimeChart band;
    private final TimeChart eProcess;
    private final TimeChart split;
    private final Chip verdict = new Chip(Tone.UNKNOWN, "");
    private final Label title = Labels.of("", "muted");
    private final ObjectProperty<Boolean> overUnits = new SimpleObjectProperty<>(false);
    private final Segments<Boolean> xs;
    private final Card card;

    EvidenceCard(RolloutViewModel model, ObservableValue<ChartPalette> palette) {
        this.model = model;
        band =
                new TimeChart(
                        "chart-evidence", "Difference with its always-valid band", link, palette);
        eProcess = new TimeChart("chart-e-process", "E-process against its line", link, palette);
        split = new TimeChart("chart-split", "Split asked for and seen", link, palette);
        xs =
                new Segments<>(
                        "evidence-x",
                        List.of(false, true),
                        units -> units ? "units" : "time",
                        overUnits);
        card = new Card("Evidence", title, Labels.spacer(), xs.node());
        card.getStyleClass().add("evidence-card");
        StackPane upper = new StackPane(band.node(), verdict);
        StackPane.setAlignment(verdict, Pos.TOP_RIGHT);
        StackPane.setMargin(verdict, new Insets(26, 20, 0, 0));
        verdict.setMouseTransparent(true);
        VBox.setVgrow(upper, Priority.ALWAYS);
        upper.setMinHeight(170);
        upper.setPrefHeight(170);
        fixed(eProcess, 112);
        fixed(split, 92);
        Label eTitle = Labels.of("E-process: how near to a rollback", "section-title");
        Label splitTitle =
                Labels.of("Candidate's share of units: asked (dashed) and seen", "section-title");
        card.getChildren().addAll(upper, eTitle, eProcess.node(), splitTitle, split.node());
    }

    private static void fixed(TimeChart chart, double height) {
        chart.node().setMinHeight(height);
        chart.node().setPrefHeight(height);
    }

    @Override
    public Region node() {
        return card;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                band.bind(),
                eProcess.bind(),
                split.bind(),
                xs.bind(),
                overUnits.subscribe(this::switchAxis),
                model.evidenceProperty().subscribe(this::show),
                model.guardrailProperty().subscribe(name -> title.setText(titleOf(name))),
                model.guardrailProperty().subscribe(_ -> showVerdict()),
                model.feedProperty().subscribe(_ -> showVerdict()));
    }

    private static String titleOf(String guardrail) {
        return guardrail.isEmpty()
                ? ""
                : guardrail + ": candidate − champion, in percentage points";
    }

    private void switchAxis(boolean units) {
        link.zoomProperty().set(null);
        model.overUnitsProperty().set(units);
    }

    private void show(@Nullable EvidenceFrames frames) {
        if (frames != null) {
            band.show(frames.band());
            eProcess.show(frames.eProcess());
            split.show(frames.split());
        }
    }

    private void showVerdict() {
        model.feedProperty().get().newest().stream()
                .flatMap(snapshot -> snapshot.rollout().guardrails().stream())
                .filter(reading -> reading.name().equals(model.guardrailProperty().get()))
                .findFirst()
                .ifPresent(reading -> verdict.show(reading.verdict().tone(), words(reading)));
    }

    private static String words(Guardrail reading) {
        String word = reading.verdict().word().toUpperCase(Locale.ROOT);
        if (reading.verdict() != Verdict.KEEP_COLLECTING || reading.needed().isEmpty()) {
            return word;
        }
        String units =
                word
                        + " · ≈ "
                        + Figures.counted(reading.needed().getAsLong(), "more unit", "more units");
        return units + reading.eta().map(eta -> " · about " + Figures.about(eta)).orElse("");
    }
}
