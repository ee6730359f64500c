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
    private final StageWindow window = new StageWindow();
    private final ReadOnlyObjectWrapper<Feed<ModelSnapshot>> feed =
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
    }

    private void showModel(Outcome<RegisteredModel> outcome) {
        switch (outcome) {
            case Outcome.Answered<RegisteredModel> answered -> show(answered.value());
            case Outcome.Failed<RegisteredModel> failed ->
                    feed.set(feed.get().withLoss(failed.failure()));
        }
        showActions();
    }

    private void show(RegisteredModel registered) {
        feed.set(feed.get().withValue(snapshot(registered), clock.instant()));
    }

    private ModelSnapshot snapshot(RegisteredModel registered) {
        return new ModelSnapshot(registered, traffic(), window.means(), window.length());
    }

    private Optional<FleetModel> traffic() {
        return fleet.get().newest().stream()
                .flatMap(known -> known.models().stream())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** The stages say nothing of whether the model is there, so their loss is the window's. */
    private void showStages(Outcome<List<StageTotals>> outcome) {
        if (outcome instanceof Outcome.Answered<List<StageTotals>> answered) {
            window.add(clock.instant(), answered.value());
            showTraffic();
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
