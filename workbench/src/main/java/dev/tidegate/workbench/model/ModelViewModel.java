package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Question;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fleet.FleetModel;
import dev.tidegate.workbench.fleet.FleetSnapshot;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One model: asked for every few seconds while it is on the screen, its traffic live. */
public final class ModelViewModel {
    /** Beats of the clock between two questions. */
    private static final int BEATS = 2;

    private final String name;
    private final ModelGateway gateway;
    private final ReadOnlyObjectProperty<Feed<FleetSnapshot>> fleet;
    private final UiPulse pulse;
    private final Executor screen;
    private final Clock clock;
    private final Question<RegisteredModel> model;
    private final Question<List<StageTotals>> stages;
    private final Question<List<ReplicaMemory>> replicas;
    private final LadderViewModel ladder;
    private final StageWindow window = new StageWindow();
    private final StageHistory history = new StageHistory();
    private final ReadOnlyObjectWrapper<Feed<ModelSnapshot>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<Feed<Stages>> stagesFeed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<Feed<List<ReplicaMemory>>> replicasFeed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<@Nullable ModelActions> actions =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ServiceFailure> refusal =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ServedVersion> chosen =
            new ReadOnlyObjectWrapper<>();
    private String choice = "";
    private boolean busy;
    private int beat;

    public ModelViewModel(
            String name,
            ModelGateway gateway,
            ReadOnlyObjectProperty<Feed<FleetSnapshot>> fleet,
            UiPulse pulse,
            Executor screen,
            Clock clock) {
        this.name = name;
        this.gateway = gateway;
        this.fleet = fleet;
        this.pulse = pulse;
        this.screen = screen;
        this.clock = clock;
        model = new Question<>(screen, () -> gateway.model(name), this::showModel);
        stages = new Question<>(screen, () -> gateway.stages(name), this::showStages);
        replicas =
                new Question<>(
                        screen,
                        () -> gateway.replicas(name),
                        outcome -> show(replicasFeed, outcome));
        ladder = new LadderViewModel(name, gateway, screen, clock);
    }

    String name() {
        return name;
    }

    Subscription start() {
        ask();
        return Subscription.combine(
                pulse.onBeat(
                        Cadence.CLOCK,
                        () -> {
                            if (++beat % BEATS == 0) {
                                ask();
                            }
                        }),
                fleet.subscribe(_ -> showTraffic()));
    }

    private void ask() {
        model.ask();
        stages.ask();
        replicas.ask();
        ladder.ask();
    }

    private <T> void show(ReadOnlyObjectWrapper<Feed<T>> shown, Outcome<T> outcome) {
        switch (outcome) {
            case Outcome.Answered<T> answered ->
                    shown.set(shown.get().withValue(answered.value(), clock.instant()));
            case Outcome.Failed<T> failed -> shown.set(shown.get().withLoss(failed.failure()));
        }
    }

    private void showModel(Outcome<RegisteredModel> outcome) {
        switch (outcome) {
            case Outcome.Answered<RegisteredModel> answered ->
                    show(feed, new Outcome.Answered<>(snapshot(answered.value())));
            case Outcome.Failed<RegisteredModel> failed ->
                    show(feed, new Outcome.Failed<>(failed.failure()));
        }
        showActions();
    }

    private ModelSnapshot snapshot(RegisteredModel registered) {
        return new ModelSnapshot(registered, traffic());
    }

    private Optional<FleetModel> traffic() {
        return fleet.get().newest().stream()
                .flatMap(known -> known.models().stream())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private void showStages(Outcome<List<StageTotals>> outcome) {
        switch (outcome) {
            case Outcome.Answered<List<StageTotals>> answered -> {
                Instant now = clock.instant();
                window.add(now, answered.value());
                history.add(now, answered.value());
                show(
                        stagesFeed,
                        new Outcome.Answered<>(
                                new Stages(
                                        window.means(), window.length(), now, history.series())));
            }
            case Outcome.Failed<List<StageTotals>> failed ->
                    show(stagesFeed, new Outcome.Failed<>(failed.failure()));
        }
    }

    private void showTraffic() {
        if (feed.get() instanceof Feed.Live<ModelSnapshot> live) {
            feed.set(new Feed.Live<>(snapshot(live.value().model()), live.at()));
            showActions();
        }
    }

    /** Chooses the version that the actions are about. */
    void choose(String version) {
        if (!version.equals(choice)) {
            choice = version;
            refusal.set(null);
            showActions();
        }
    }

    private void showActions() {
        Optional<ModelSnapshot> now = feed.get().newest();
        Optional<ServedVersion> about = now.flatMap(this::about);
        chosen.set(about.orElse(null));
        actions.set(about.map(version -> ModelActions.of(now.get(), version, busy)).orElse(null));
    }

    /** The version that somebody chose, else the champion, else the newest. */
    private Optional<ServedVersion> about(ModelSnapshot now) {
        List<ServedVersion> versions = now.model().versions();
        return now.model()
                .version(choice)
                .or(now.model()::champion)
                .or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
    }

    void load() {
        send(version -> gateway.load(name, version.version()));
    }

    void unload() {
        send(version -> gateway.unload(name, version.version()));
    }

    void makeChampion() {
        long revision = feed.get().newest().map(now -> now.model().revision()).orElse(0L);
        String request = UUID.randomUUID().toString();
        send(version -> gateway.makeChampion(name, version.version(), revision, request));
    }

    private void send(Function<ServedVersion, CompletableFuture<Outcome<String>>> call) {
        ServedVersion about = chosen.get();
        if (about == null || busy) {
            return;
        }
        busy = true;
        refusal.set(null);
        showActions();
        Reply.to(screen, call.apply(about), this::settle);
    }

    private void settle(Outcome<String> outcome) {
        busy = false;
        if (outcome instanceof Outcome.Failed<String> failed) {
            refusal.set(failed.failure());
        }
        showActions();
        ask();
    }

    ReadOnlyObjectProperty<Feed<ModelSnapshot>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    /** Where the time of answered requests goes; what it was, when the server does not tell. */
    ReadOnlyObjectProperty<Feed<Stages>> stagesProperty() {
        return stagesFeed.getReadOnlyProperty();
    }

    /** What each replica has in memory of the model's versions. */
    ReadOnlyObjectProperty<Feed<List<ReplicaMemory>>> replicasProperty() {
        return replicasFeed.getReadOnlyProperty();
    }

    LadderViewModel ladder() {
        return ladder;
    }

    /** The model's versions by their names, the newest first; none before they are known. */
    List<String> versions() {
        return feed.get().newest().stream()
                .flatMap(now -> now.model().versions().reversed().stream())
                .map(ServedVersion::version)
                .toList();
    }

    /** The version that the actions are about; null before any is known. */
    ReadOnlyObjectProperty<@Nullable ServedVersion> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable ModelActions> actionsProperty() {
        return actions.getReadOnlyProperty();
    }

    /** Why the server did not do the last command; null when it did. */
    ReadOnlyObjectProperty<@Nullable ServiceFailure> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }
}
