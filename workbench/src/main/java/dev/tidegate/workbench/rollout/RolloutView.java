package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Legend;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.RolloutWords;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Tone;
import java.time.Duration;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One rollout: what it is, what can be done, its steps, its guardrails and their evidence. */
public final class RolloutView implements View {
    private final RolloutViewModel model;
    private final Label title = Labels.of("", "rollout-title");
    private final HBox arms = new HBox(8);
    private final Chip state = new Chip(Tone.UNKNOWN, "");
    private final Label since = Labels.of("", "muted");
    private final Tooltip sinceWhole = Labels.explain(since, "");
    private final Label refused = Labels.wrapping("", "banner-text");
    private final HBox refusedBanner = new HBox(12, Icons.of(Tone.BAD), refused);
    private final ApprovalDialog dialog;
    private final ActionBar actions;
    private final StepLadderView ladder = new StepLadderView();
    private final SummaryCard summary;
    private final WhatIfSlider whatIf;
    private final FailuresViewModel failuresModel;
    private final FailuresCard failures;
    private final GuardrailTable guardrails;
    private final EvidenceCard evidence;
    private final FeedPane pane;

    public RolloutView(
            RolloutViewModel model,
            FailuresViewModel failuresModel,
            Navigation navigation,
            Overlay overlay,
            ColumnWidths columns,
            ObservableValue<ChartPalette> palette) {
        this.model = model;
        this.failuresModel = failuresModel;
        failures = new FailuresCard(failuresModel, navigation);
        whatIf = new WhatIfSlider(model);
        summary = new SummaryCard(whatIf.node());
        dialog = new ApprovalDialog(model, overlay);
        actions = new ActionBar(model, dialog::open);
        guardrails = new GuardrailTable(name -> model.guardrailProperty().set(name));
        columns.follow(guardrails.node());
        evidence = new EvidenceCard(model, palette);
        refusedBanner.getStyleClass().addAll("banner", Tone.BAD.styleClass());
        refusedBanner.setId("refused");
        pane = new FeedPane("rollout", content());
    }

    private Region content() {
        HBox head = new HBox(12, title, arms, state, Labels.spacer(), since);
        head.getStyleClass().add("row");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Card steps = Card.of("Steps", ladder);
        VBox left = new VBox(16, steps, summary.node(), failures.node());
        left.setMinWidth(248);
        left.setPrefWidth(300);
        left.setMaxWidth(300);
        VBox.setVgrow(failures.node(), Priority.ALWAYS);
        Card readings =
                Card.flush("Guardrails", Labels.of("choose one to see its evidence", "subtle"));
        readings.getChildren().add(guardrails.node());
        List.of(readings, evidence.node(), steps, summary.node(), failures.node())
                .forEach(card -> card.setMinHeight(Region.USE_PREF_SIZE));
        VBox right = new VBox(16, readings, evidence.node());
        VBox.setVgrow(evidence.node(), Priority.ALWAYS);
        right.setMinWidth(0);
        HBox.setHgrow(right, Priority.ALWAYS);
        HBox body = new HBox(16, left, right);
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox page = new VBox(16, head, refusedBanner, actions.node(), body);
        page.getStyleClass().add("page");
        return page;
    }

    /** An action of this screen, for the palette. */
    public record Offer(ActionState state, Runnable run) {}

    /** What can be done on this rollout, allowed or not. */
    public List<Offer> actions() {
        RolloutActions now = model.actionsProperty().get();
        return now == null
                ? List.of()
                : List.of(
                        new Offer(now.rollBack(), model::rollBack),
                        new Offer(now.hold(), model::holdOrResume),
                        new Offer(now.approve(), dialog::open));
    }

    @Override
    public Region node() {
        return pane.node();
    }

    @Override
    public void showOnly(String card) {
        pane.showOnly(card);
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.start(),
                pane.bind(model.feedProperty()),
                actions.bind(),
                evidence.bind(),
                failures.bind(),
                whatIf.bind(),
                model.refusalProperty().subscribe(this::showRefusal),
                model.feedProperty()
                        .subscribe(
                                feed ->
                                        feed.newest()
                                                .map(RolloutSnapshot::rollout)
                                                .ifPresent(this::show)));
    }

    private void show(Rollout rollout) {
        title.setText(rollout.model());
        arms.getChildren()
                .setAll(
                        Legend.dot(model.championColour(rollout)),
                        Labels.of(rollout.champion(), "strong"),
                        Icons.of("fth-arrow-right"),
                        Legend.dot(model.candidateColour(rollout)),
                        Labels.of(rollout.candidate(), "strong"));
        arms.getStyleClass().setAll("row");
        state.show(RolloutWords.tone(rollout.state()), RolloutWords.state(rollout.state()));
        Duration age =
                Duration.between(rollout.startedAt(), rollout.endedAt().orElse(rollout.asOf()));
        since.setText(
                (rollout.endedAt().isPresent() ? "Took " : "Running for ")
                        + Figures.about(age)
                        + " · started "
                        + Times.clock(rollout.startedAt(), rollout.asOf())
                        + " by "
                        + rollout.startedBy()
                        + " · plan "
                        + rollout.plan().name());
        sinceWhole.setText(Times.full(rollout.startedAt()));
        ladder.show(new StepLadder(rollout).items());
        summary.show(rollout);
        guardrails.show(
                rollout.guardrails().stream()
                        .map(guardrail -> GuardrailRow.of(guardrail, rollout.plan()))
                        .toList(),
                model.guardrailProperty().get());
        failuresModel.follow(rollout);
    }

    private void showRefusal(@Nullable ServiceFailure failure) {
        boolean visible = failure != null && model.approvalProperty().get() == null;
        refusedBanner.setVisible(visible);
        refusedBanner.setManaged(visible);
        refused.setText(
                failure == null
                        ? ""
                        : failure.title() + ": " + failure.message() + ". " + failure.advice());
    }
}
