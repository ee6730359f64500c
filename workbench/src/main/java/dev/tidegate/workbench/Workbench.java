package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.Backoff;
import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.GrpcIdentityGateway;
import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.connection.Silence;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.control.TearOffEvent;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fleet.FleetViewModel;
import dev.tidegate.workbench.fleet.GrpcFleetGateway;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.playground.GrpcRegistryGateway;
import dev.tidegate.workbench.playground.ModelChoice;
import dev.tidegate.workbench.playground.RegistryGateway;
import dev.tidegate.workbench.rollout.GrpcRolloutGateway;
import dev.tidegate.workbench.rollout.RolloutEvents;
import dev.tidegate.workbench.rollout.RolloutGateway;
import dev.tidegate.workbench.shell.Command;
import dev.tidegate.workbench.shell.ServerSwitch;
import dev.tidegate.workbench.shell.ShellView;
import dev.tidegate.workbench.shell.ShellViewModel;
import dev.tidegate.workbench.theme.ArmColours;
import dev.tidegate.workbench.theme.Look;
import dev.tidegate.workbench.theme.Theme;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.util.Subscription;

/** All parts of the workbench for one connection, put together. */
public final class Workbench {
    /** How long the fleet waits for the registry, which only tells the order of colours. */
    private static final Duration COLOURS_PATIENCE = Duration.ofSeconds(1);

    private final Navigation navigation;
    private final ArmColours colours = new ArmColours();
    private final Executor executor;
    private final FleetViewModel fleet;
    private final RegistryGateway registry;
    private final ShellViewModel shellModel;
    private final ShellView shell;
    private final Scene scene;
    private final TornCards torn;
    private final String server;
    private final ScheduledExecutorService timer;
    private Subscription watching = Subscription.EMPTY;
    private boolean watched;
    private boolean running;
    private final ObjectProperty<Look> look;

    /**
     * @param screen runs work on the JavaFX thread
     * @param timer for reconnecting
     * @param servers how to get to another server
     */
    public Workbench(
            Connection connection,
            UiPulse pulse,
            Executor screen,
            ScheduledExecutorService timer,
            Clock clock,
            Theme theme,
            Place start,
            ColumnWidths columns,
            ServerSwitch servers) {
        look = new SimpleObjectProperty<>(Look.of(theme));
        navigation = new Navigation(start);
        executor = screen;
        this.timer = timer;
        server = connection.address().toString();
        torn = new TornCards(look, server);
        Streams streams =
                new Streams(
                        Backoff.standard(RandomGenerator.getDefault()),
                        Silence.standard(),
                        timer,
                        clock,
                        connection::reconnectNow);
        RolloutGateway rollouts = new GrpcRolloutGateway(connection.channel());
        fleet =
                new FleetViewModel(
                        new GrpcFleetGateway(connection.channel()),
                        new RolloutEvents(rollouts),
                        streams,
                        pulse,
                        screen,
                        colours);
        registry = new GrpcRegistryGateway(connection.channel());
        shellModel =
                new ShellViewModel(
                        new GrpcIdentityGateway(connection.channel()),
                        streams,
                        fleet,
                        pulse,
                        screen,
                        clock);
        Overlay overlay = new Overlay();
        Screens screens =
                new Screens(
                        connection.channel(),
                        server,
                        registry,
                        rollouts,
                        fleet,
                        navigation,
                        overlay,
                        columns,
                        look.map(Look::palette),
                        pulse,
                        screen,
                        clock,
                        streams,
                        colours);
        shell =
                new ShellView(
                        shellModel,
                        navigation,
                        overlay,
                        server,
                        screens::of,
                        this::commands,
                        servers,
                        this::switchTheme);
        shell.node()
                .addEventHandler(
                        TearOffEvent.TORN,
                        event -> torn.open(event, () -> screens.of(navigation.place())));
        scene = new Scene(shell.node(), 1480, 940);
        theme.applyTo(scene);
    }

    public Scene scene() {
        return scene;
    }

    /** Address of the server that is looked at. */
    public String server() {
        return server;
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
        Reply.to(executor, registry.models(), this::learnColours);
        var patience =
                timer.schedule(
                        () -> executor.execute(this::watchFleet),
                        COLOURS_PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS);
        return Subscription.combine(shell.bind(), this::stop, () -> patience.cancel(false));
    }

    /** Colours follow the order of registration, so they are best learnt before any is used. */
    private void learnColours(Outcome<List<ModelChoice>> models) {
        if (models instanceof Outcome.Answered<List<ModelChoice>> answered) {
            answered.value().forEach(this::learnColours);
        }
        watchFleet();
    }

    private void watchFleet() {
        if (running && !watched) {
            watched = true;
            watching = fleet.start();
        }
    }

    private void learnColours(ModelChoice model) {
        colours.learn(
                model.name(), model.versions().stream().map(ModelChoice.Version::version).toList());
    }

    private void stop() {
        running = false;
        watched = false;
        watching.unsubscribe();
        torn.closeAll();
    }

    public void switchTheme() {
        look.set(Look.of(theme().other()));
        theme().applyTo(scene);
    }

    private List<Command> commands() {
        return new PaletteCommands(navigation, fleet, shell::screen, this::windowCommands).now();
    }

    private List<Command> windowCommands() {
        boolean paused = shellModel.pausedProperty().get();
        return List.of(
                Command.of("action", "Look at another server", () -> shell.chooseServer(server)),
                Command.of(
                        "action",
                        paused ? "Go on live" : "Pause live values",
                        () -> shellModel.pausedProperty().set(!paused)),
                Command.of(
                        "action",
                        "Switch to the " + theme().other().word() + " theme",
                        this::switchTheme));
    }
}
