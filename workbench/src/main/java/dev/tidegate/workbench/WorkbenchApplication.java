package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.KeyFinder;
import dev.tidegate.workbench.connection.LaunchOptions;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerFile;
import dev.tidegate.workbench.fx.FxThread;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.shell.WindowBounds;
import dev.tidegate.workbench.shell.WindowMemory;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.application.Application;
import javafx.stage.Stage;
import javafx.util.Subscription;

/** The workbench's window. */
public final class WorkbenchApplication extends Application {
    private static final double MIN_WIDTH = 1100;
    private static final double MIN_HEIGHT = 700;

    private Subscription running = Subscription.EMPTY;

    @Override
    public void start(Stage stage) {
        Path userHome = Path.of(System.getProperty("user.home"));
        LaunchOptions options =
                LaunchOptions.parse(getParameters().getRaw(), System.getenv(), userHome);
        WindowMemory memory =
                WindowMemory.read(userHome.resolve(".tidegate").resolve("workbench.properties"));
        Fonts.load();

        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("workbench-timer").factory());
        FxThread screen = new FxThread();
        UiPulse pulse = new UiPulse(screen);
        ServerAddress server = address(options);
        Connection connection =
                Connection.open(
                        server, new KeyFinder(System.getenv(), options.home()).find(server));
        Theme theme = options.theme().or(memory::theme).orElse(Theme.DARK);
        Place place = memory.place().orElse(new Place.Overview());
        Workbench workbench =
                new Workbench(connection, pulse, screen, timer, Clock.systemUTC(), theme, place);

        stage.setTitle("Tidegate · " + connection.address());
        stage.setScene(workbench.scene());
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        memory.bounds().ifPresent(bounds -> place(stage, bounds));
        stage.iconifiedProperty().subscribe(pulse::setHidden);
        stage.setOnHiding(
                _ -> memory.keep(workbench.theme(), workbench.navigation().place(), bounds(stage)));
        running =
                Subscription.combine(
                        workbench.start(),
                        pulse.start(timer),
                        timer::shutdownNow,
                        connection::close);
        stage.show();
    }

    /**
     * What the command line says, else what the server on this machine wrote down, else the usual
     * port.
     */
    private static ServerAddress address(LaunchOptions options) {
        return options.server()
                .or(() -> ServerFile.read(options.home()))
                .orElse(ServerAddress.DEFAULT);
    }

    private static void place(Stage stage, WindowBounds bounds) {
        stage.setX(bounds.x());
        stage.setY(bounds.y());
        stage.setWidth(Math.max(MIN_WIDTH, bounds.width()));
        stage.setHeight(Math.max(MIN_HEIGHT, bounds.height()));
        stage.setMaximized(bounds.maximized());
    }

    private static WindowBounds bounds(Stage stage) {
        return new WindowBounds(
                (int) stage.getX(),
                (int) stage.getY(),
                (int) stage.getWidth(),
                (int) stage.getHeight(),
                stage.isMaximized());
    }

    @Override
    public void stop() {
        running.unsubscribe();
    }
}
