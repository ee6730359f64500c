package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.FleetModel;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.ChartPalette;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One model: who answers, its versions, what can be done with them, and where the time goes. */
public final class ModelView implements View {
    private final ModelViewModel model;
    private final Navigation navigation;
    private final Label title = Labels.of("", "page-title");
    private final Label answering = Labels.wrapping("", "muted");
    private final Button rollout = new Button("Open the rollout");
    private final VersionTable versions = new VersionTable();
    private final StagesCard stages;
    private final ActionButton load;
    private final ActionButton unload;
    private final ActionButton champion;
    private final Label why = Labels.wrapping("", "muted");
    private final Label refused = Labels.wrapping("", "refused-words");
    private final ReplicasCard replicas = new ReplicasCard();
    private final LadderCard ladder;
    private final SignatureCard signature = new SignatureCard();
    private final FeedPane pane;

    public ModelView(
            ModelViewModel model,
            Navigation navigation,
            Overlay overlay,
            ColumnWidths columns,
            ObservableValue<ChartPalette> palette) {
        this.model = model;
        stages = new StagesCard(palette);
        this.navigation = navigation;
        load = new ActionButton("load-version", "fth-download", "plain", model::load);
        unload = new ActionButton("unload-version", "fth-upload", "plain", model::unload);
        champion =
                new ActionButton(
                        "make-champion",
                        "fth-award",
                        "approve",
                        new ChampionDialog(model, overlay)::open);
        ladder =
                new LadderCard(
                        model.ladder(), new LadderDialog(model.ladder(), model::versions, overlay));
        columns.follow(versions.node());
        title.setText(model.name());
        title.setId("model-title");
        answering.setId("model-answering");
        pane = new FeedPane("model", content());
    }

    private Region content() {
        Card list = Card.flush("Versions, newest first");
        list.getChildren().add(versions.node());
        VBox.setVgrow(versions.node(), Priority.ALWAYS);
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox page =
                new VBox(
                        16,
                        head(),
                        list,
                        actionBar(),
                        replicas.node(),
                        stages.node(),
                        halves(ladder.node(), signature.node()));
        page.getStyleClass().add("page");
        return page;
    }

    private Region head() {
        Button ask = new Button("Ask it in the playground");
        ask.setId("ask-model");
        ask.getStyleClass().add("plain");
        ask.setMinWidth(Region.USE_PREF_SIZE);
        ask.setOnAction(_ -> navigation.go(new Place.Playground(model.name(), "")));
        rollout.setId("open-rollout");
        rollout.getStyleClass().add("plain");
        rollout.setMinWidth(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, title, answering);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(12, words, rollout, ask);
        head.getStyleClass().add("row");
        return head;
    }

    private Region actionBar() {
        VBox words = new VBox(2, why, refused);
        words.getStyleClass().add("action-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox bar = new HBox(12, unload, load, words, champion);
        bar.getStyleClass().addAll("card", "action-bar");
        return bar;
    }

    private static Region halves(Region left, Region right) {
        for (Region half : new Region[] {left, right}) {
            half.setMinWidth(0);
            half.setPrefWidth(400);
            HBox.setHgrow(half, Priority.ALWAYS);
        }
        return new HBox(16, left, right);
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
                model.feedProperty().subscribe(feed -> feed.newest().ifPresent(this::show)),
                stages.bind(),
                model.stagesProperty().subscribe(stages::show),
                model.replicasProperty().subscribe(this::showReplicas),
                ladder.bind(),
                model.chosenProperty().subscribe(this::showChosen),
                model.actionsProperty().subscribe(this::showActions),
                model.refusalProperty().subscribe(this::showRefusal),
                versions.node()
                        .getSelectionModel()
                        .selectedItemProperty()
                        .subscribe(
                                _ ->
                                        LiveRows.selected(versions.node())
                                                .ifPresent(
                                                        line ->
                                                                model.choose(
                                                                        line.version()
                                                                                .version()))));
    }

    private void show(ModelSnapshot now) {
        answering.setText(words(now));
        versions.show(now, model.replicasProperty().get().newest().orElse(List.of()));
        ServedVersion about = model.chosenProperty().get();
        if (about != null && versions.node().getSelectionModel().isEmpty()) {
            versions.mark(about.version());
        }
        now.live()
                .flatMap(FleetModel::rollout)
                .ifPresentOrElse(
                        open -> {
                            rollout.setVisible(true);
                            rollout.setManaged(true);
                            rollout.setOnAction(
                                    _ -> navigation.go(new Place.OneRollout(open.id())));
                        },
                        () -> {
                            rollout.setVisible(false);
                            rollout.setManaged(false);
                        });
    }

    private void showReplicas(Feed<List<ReplicaMemory>> feed) {
        replicas.show(feed);
        model.feedProperty()
                .get()
                .newest()
                .ifPresent(now -> versions.show(now, feed.newest().orElse(List.of())));
    }

    private static String words(ModelSnapshot now) {
        String loaded =
                "%d of %s in memory on this replica"
                        .formatted(
                                now.model().loaded(),
                                Figures.counted(
                                        now.model().versions().size(), "version", "versions"));
        if (now.model().champion().isEmpty()) {
            return "No champion: requests that name no version are refused. " + loaded + ".";
        }
        return now.live()
                .map(
                        live ->
                                live.arms().stream()
                                        .map(
                                                arm ->
                                                        arm.version()
                                                                + " answers "
                                                                + Figures.percent(arm.weight()))
                                        .collect(
                                                Collectors.joining(
                                                        ", ",
                                                        "",
                                                        " of "
                                                                + Figures.rate(
                                                                        live.requestsPerSecond())
                                                                + " · "
                                                                + loaded
                                                                + ".")))
                .orElse(loaded + ".");
    }

    private void showChosen(@Nullable ServedVersion version) {
        signature.show(version);
        replicas.about(version == null ? "" : version.version());
        stages.about(version == null ? "" : version.version());
        if (version != null && versions.node().getSelectionModel().isEmpty()) {
            versions.mark(version.version());
        }
    }

    private void showActions(@Nullable ModelActions actions) {
        if (actions == null) {
            return;
        }
        load.show(actions.load());
        unload.show(actions.unload());
        ActionState next = actions.makeChampion();
        champion.show(
                next.isEnabled()
                        ? new ActionState(next.words() + "…", next.reason(), next.busy())
                        : next);
        why.setText(
                next.reason().isEmpty() ? "" : next.words() + " is not possible: " + next.reason());
    }

    private void showRefusal(@Nullable ServiceFailure failure) {
        refused.setVisible(failure != null);
        refused.setManaged(failure != null);
        refused.setText(failure == null ? "" : failure.title() + ": " + failure.message());
    }
}
