package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.KeyFinder;
import dev.tidegate.workbench.connection.ServerChoice;
import dev.tidegate.workbench.connection.TrustFinder;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.fx.FxThread;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.shell.ServerSwitch;
import dev.tidegate.workbench.shell.WindowMemory;
import dev.tidegate.workbench.theme.Theme;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * One window over time: it looks at one server, and at another when a person switches; then
 * everything of the former connection is closed and built anew.
 */
public final class WorkbenchWindow implements AutoCloseable {
    private final FxThread screen = new FxThread();
    private final UiPulse pulse = new UiPulse(screen);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("workbench-timer").factory());
    private final KeyFinder keys;
    private final TrustFinder trust;
    private final WindowMemory memory;
    private final ColumnWidths columns;
    private final Consumer<Workbench> show;
    private final Subscription running;
    private @Nullable Workbench workbench;
    private Subscription connected = Subscription.EMPTY;

    /**
     * @param show puts a workbench's scene into the window
     */
    public WorkbenchWindow(
            KeyFinder keys, TrustFinder trust, WindowMemory memory, Consumer<Workbench> show) {
        this.keys = keys;
        this.trust = trust;
        this.memory = memory;
        this.show = show;
        columns = new ColumnWidths(memory.columns());
        running =
                Subscription.combine(
                        pulse.start(timer),
                        StagesInSight.follow(Window.getWindows(), pulse::setHidden));
    }

    /** Leaves the present server, if any, and shows this one. */
    public void connect(ServerChoice server, Theme theme, Place place) {
        connected.unsubscribe();
        Connection connection =
                Connection.open(server.address(), server.key(), trust.find(server.address()));
        memory.visit(server.address());
        Workbench next =
                new Workbench(
                        connection,
                        pulse,
                        screen,
                        timer,
                        Clock.systemUTC(),
                        theme,
                        place,
                        columns,
                        new ServerSwitch(
                                memory.servers(),
                                address -> new ServerChoice(address, keys.find(address)),
                                this::switchTo));
        workbench = next;
        connected = Subscription.combine(next.start(), connection::close);
        show.accept(next);
    }

    /**
     * What is shown of one server need not exist on another, so a switch begins at the overview.
     */
    private void switchTo(ServerChoice server) {
        Theme theme = workbench().map(Workbench::theme).orElse(Theme.DARK);
        pulse.setPaused(false);
        connect(server, theme, new Place.Overview());
    }

    public Optional<Workbench> workbench() {
        return Optional.ofNullable(workbench);
    }

    public ColumnWidths columns() {
        return columns;
    }

    @Override
    public void close() {
        connected.unsubscribe();
        connected = Subscription.EMPTY;
        running.unsubscribe();
        timer.shutdownNow();
    }
}
