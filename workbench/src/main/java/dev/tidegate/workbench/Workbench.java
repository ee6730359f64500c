package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.Backoff;
import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.GrpcIdentityGateway;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fleet.FleetViewModel;
import dev.tidegate.workbench.fleet.GrpcFleetGateway;
import dev.tidegate.workbench.fleet.OverviewView;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.playground.GrpcInferenceGateway;
import dev.tidegate.workbench.playground.GrpcRegistryGateway;
import dev.tidegate.workbench.playground.ModelChoice;
import dev.tidegate.workbench.playground.PlaygroundView;
import dev.tidegate.workbench.playground.PlaygroundViewModel;
import dev.tidegate.workbench.playground.RegistryGateway;
import dev.tidegate.workbench.predictionlog.GrpcPredictionLogGateway;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import dev.tidegate.workbench.rollout.FailuresViewModel;
import dev.tidegate.workbench.rollout.GrpcRolloutGateway;
import dev.tidegate.workbench.rollout.RolloutGateway;
import dev.tidegate.workbench.rollout.RolloutListView;
import dev.tidegate.workbench.rollout.RolloutListViewModel;
import dev.tidegate.workbench.rollout.RolloutView;
import dev.tidegate.workbench.rollout.RolloutViewModel;
import dev.tidegate.workbench.shell.Command;
import dev.tidegate.workbench.shell.ShellView;
import dev.tidegate.workbench.shell.ShellViewModel;
import dev.tidegate.workbench.theme.ArmColours;
import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Look;
import dev.tidegate.workbench.theme.Theme;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** All parts of the workbench for one connection, put together. */
public final class Workbench {
    private final Navigation navigation;
    private final Overlay overlay = new Overlay();
    private final ArmColours colours = new ArmColours();
    private final UiPulse pulse;
    private final Executor executor;
    private final Clock clock;
    private final Streams streams;
    private final RolloutGateway rollouts;
    private final PredictionLogGateway log;
    private final FleetViewModel fleet;
    private final RegistryGateway registry;
    private final PlaygroundViewModel playground;
    private final ShellViewModel shellModel;
    private final ShellView shell;
    private final Scene scene;
    private @Nullable RolloutView rolloutView;
    private Subscription watching = Subscription.EMPTY;
    private boolean running;
    private final ObjectProperty<Look> look;
    private final ObservableValue<ChartPalette> palette;

    /**
     * @param screen runs work on the JavaFX thread
     * @param timer for reconnecting
     */
    public Workbench(
            Connection connection,
            UiPulse pulse,
            Executor screen,
            ScheduledExecutorService timer,
            Clock clock,
            Theme theme,
            Place start) {
        look = new SimpleObjectProperty<>(Look.of(theme));
        palette = look.map(Look::palette);
        navigation = new Navigation(start);
        this.pulse = pulse;
        this.executor = screen;
        this.clock = clock;
        rollouts = new GrpcRolloutGateway(connection.channel());
        log = new GrpcPredictionLogGateway(connection.channel());
        streams =
                new Streams(
                        Backoff.standard(RandomGenerator.getDefault()),
                        timer,
                        clock,
                        connection::reconnectNow);
        fleet =
                new FleetViewModel(
                        new GrpcFleetGateway(connection.channel()),
                        streams,
                        pulse,
                        screen,
                        clock,
                        colours);
        registry = new GrpcRegistryGateway(connection.channel());
        playground =
                new PlaygroundViewModel(
                        registry,
                        new GrpcInferenceGateway(connection.channel(), System::nanoTime),
                        log,
                        screen,
                        clock);
        shellModel =
                new ShellViewModel(
                        new GrpcIdentityGateway(connection.channel()),
                        streams,
                        fleet,
                        pulse,
                        screen,
                        clock);
        shell =
                new ShellView(
                        shellModel,
                        navigation,
                        overlay,
                        connection.address().toString(),
                        this::screen,
                        this::commands,
                        this::switchTheme);
        scene = new Scene(shell.node(), 1480, 940);
        theme.applyTo(scene);
    }

    public Scene scene() {
        return scene;
    }

    public Navigation navigation() {
        return navigation;
    }

    public Theme theme() {
        return look.get().theme();
    }

    /** Connects the screens to the server until unsubscribed. */
    public Subscription start() {
        running = true;
        Reply.to(executor, registry.models(), this::watchFleet);
        return Subscription.combine(shell.bind(), this::stop);
    }

    /** Colours follow the order of registration, so they are learnt before anything is drawn. */
    private void watchFleet(Outcome<List<ModelChoice>> models) {
        if (!running) {
            return;
        }
        if (models instanceof Outcome.Answered<List<ModelChoice>> answered) {
            answered.value()
                    .forEach(
                            model ->
                                    colours.learn(
                                            model.name(),
                                            model.versions().stream()
                                                    .map(ModelChoice.Version::version)
                                                    .toList()));
        }
        watching = fleet.start();
    }

    private void stop() {
        running = false;
        watching.unsubscribe();
    }

    public void switchTheme() {
        look.set(Look.of(theme().other()));
        theme().applyTo(scene);
    }

    private View screen(Place place) {
        return switch (place) {
            case Place.Overview _ -> new OverviewView(fleet, navigation, palette);
            case Place.Rollouts _ ->
                    new RolloutListView(
                            new RolloutListViewModel(rollouts, pulse, executor, clock), navigation);
            case Place.OneRollout one -> rollout(one.id());
            case Place.Playground asked -> {
                playground.visit(asked.model(), asked.entry());
                yield new PlaygroundView(playground);
            }
        };
    }

    private View rollout(String id) {
        RolloutViewModel model =
                new RolloutViewModel(id, rollouts, streams, pulse, executor, clock, colours);
        FailuresViewModel failures = new FailuresViewModel(log, pulse, executor);
        rolloutView = new RolloutView(model, failures, navigation, overlay, palette);
        return rolloutView;
    }

    private List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.of("screen", "Overview", () -> navigation.go(new Place.Overview())));
        commands.add(Command.of("screen", "Rollouts", () -> navigation.go(new Place.Rollouts())));
        commands.add(
                Command.of(
                        "screen", "Playground", () -> navigation.go(new Place.Playground("", ""))));
        commands.addAll(rolloutCommands());
        fleet.feedProperty()
                .get()
                .newest()
                .ifPresent(
                        snapshot ->
                                snapshot.models()
                                        .forEach(
                                                model -> {
                                                    commands.add(
                                                            Command.of(
                                                                    "model",
                                                                    "Ask " + model.name(),
                                                                    () ->
                                                                            navigation.go(
                                                                                    new Place
                                                                                            .Playground(
                                                                                            model
                                                                                                    .name(),
                                                                                            ""))));
                                                    model.rollout()
                                                            .ifPresent(
                                                                    open ->
                                                                            commands.add(
                                                                                    Command.of(
                                                                                            "rollout",
                                                                                            "Rollout"
                                                                                                    + " of "
                                                                                                    + model
                                                                                                            .name(),
                                                                                            () ->
                                                                                                    navigation
                                                                                                            .go(
                                                                                                                    new Place
                                                                                                                            .OneRollout(
                                                                                                                            open
                                                                                                                                    .id())))));
                                                }));
        boolean paused = shellModel.pausedProperty().get();
        commands.add(
                Command.of(
                        "action",
                        paused ? "Go on live" : "Pause live values",
                        () -> shellModel.pausedProperty().set(!paused)));
        commands.add(
                Command.of(
                        "action",
                        "Switch to the " + theme().other().word() + " theme",
                        this::switchTheme));
        return commands;
    }

    /** The actions of the rollout that is on the screen. */
    private List<Command> rolloutCommands() {
        if (!(navigation.place() instanceof Place.OneRollout) || rolloutView == null) {
            return List.of();
        }
        return rolloutView.actions().stream()
                .map(
                        action ->
                                new Command(
                                        "action",
                                        action.state().words(),
                                        action.state().reason(),
                                        action.run()))
                .toList();
    }
}
