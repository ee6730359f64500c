package dev.tidegate.workbench;

import dev.tidegate.proto.v1.BatchState;
import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerChoice;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.fx.FxThread;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.shell.ServerSwitch;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Theme;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Scene;
import javafx.util.Subscription;
import org.awaitility.Awaitility;

/** The whole workbench against scripted services; made and closed on the JavaFX thread. */
final class ScriptedWorkbench implements AutoCloseable {
    static {
        // A busy machine may starve a test for long; what never comes fails all the same.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private final ScriptedFleet fleet;
    private final ScriptedRollout rollout = new ScriptedRollout(280, "AWAITING_APPROVAL");
    private final ScriptedInference inference = new ScriptedInference();
    private final ScriptedRoutes routes = new ScriptedRoutes();
    private final ScriptedBatches batches =
            new ScriptedBatches()
                    .with("a", BatchState.BATCH_STATE_SUCCEEDED, 1)
                    .with("b", BatchState.BATCH_STATE_RUNNING, 0.44);
    private final ScriptedServer server;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("test-timer").factory());
    private final Workbench workbench;
    private final Subscription running;

    ScriptedWorkbench(Theme theme, Place start) {
        this(theme, start, new ScriptedFleet(280), new ScriptedRegistry());
    }

    ScriptedWorkbench(Theme theme, Place start, ScriptedFleet fleet, ScriptedRegistry registry) {
        this.fleet = fleet;
        server =
                new ScriptedServer(
                        0,
                        List.of(
                                fleet.bindService(),
                                new ScriptedIdentity().bindService(),
                                rollout.bindService(),
                                registry.bindService(),
                                inference.bindService(),
                                routes.bindService(),
                                batches.bindService(),
                                new ScriptedLog().bindService()));
        Fonts.load();
        FxThread screen = new FxThread();
        UiPulse pulse = new UiPulse(screen);
        Connection connection =
                Connection.open(new ServerAddress("127.0.0.1", server.port()), Optional.of("key"));
        workbench =
                new Workbench(
                        connection,
                        pulse,
                        screen,
                        timer,
                        Clock.systemUTC(),
                        theme,
                        start,
                        new ColumnWidths(Map.of()),
                        noOther());
        running =
                Subscription.combine(
                        workbench.start(),
                        pulse.start(timer),
                        timer::shutdownNow,
                        connection::close);
    }

    /** A window with nowhere else to go. */
    static ServerSwitch noOther() {
        return new ServerSwitch(
                List.of(), address -> new ServerChoice(address, Optional.empty()), _ -> {});
    }

    Workbench workbench() {
        return workbench;
    }

    Scene scene() {
        return workbench.scene();
    }

    ScriptedFleet fleet() {
        return fleet;
    }

    ScriptedRoutes routes() {
        return routes;
    }

    ScriptedInference inference() {
        return inference;
    }

    ScriptedRollout rollout() {
        return rollout;
    }

    @Override
    public void close() {
        running.unsubscribe();
        server.close();
    }
}
