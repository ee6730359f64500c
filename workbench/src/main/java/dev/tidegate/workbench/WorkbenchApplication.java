package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.KeyFinder;
import dev.tidegate.workbench.connection.LaunchOptions;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerChoice;
import dev.tidegate.workbench.connection.ServerFile;
import dev.tidegate.workbench.connection.TrustFinder;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.shell.WindowBounds;
import dev.tidegate.workbench.shell.WindowMemory;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The workbench's stage, as it was when it was closed. */
public final class WorkbenchApplication extends Application {
    private static final double MIN_WIDTH = 1100;
    private static final double MIN_HEIGHT = 700;

    private @Nullable WorkbenchWindow window;

    @Override
    public void start(Stage stage) {
        Path userHome = Path.of(System.getProperty("user.home"));
        LaunchOptions options =
                LaunchOptions.parse(getParameters().getRaw(), System.getenv(), userHome);
        WindowMemory memory =
                WindowMemory.read(userHome.resolve(".tidegate").resolve("workbench.properties"));
        Fonts.load();
        ServerAddress server = address(options, memory);
        KeyFinder keys = new KeyFinder(System.getenv(), options.home(), server);
        WorkbenchWindow opened =
                new WorkbenchWindow(
                        keys,
                        new TrustFinder(
                                options.authorities(), options.certificate(), options.home()),
                        memory,
                        workbench -> show(stage, workbench));
        window = opened;
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        opened.connect(
                new ServerChoice(server, keys.find(server)),
                options.theme().or(memory::theme).orElse(Theme.DARK),
                options.place().or(() -> memory.place(server)).orElse(new Place.Overview()));
        memory.bounds().ifPresent(bounds -> place(stage, bounds));
        closeWith(stage, opened, memory);
        stage.show();
    }

    /** With the main window everything closes, cards in windows of their own too. */
    static void closeWith(Stage stage, WorkbenchWindow window, WindowMemory memory) {
        stage.setOnHiding(
                _ -> {
                    keep(memory, window, stage);
                    window.close();
                });
    }

    private static void show(Stage stage, Workbench workbench) {
        double width = stage.getWidth();
        double height = stage.getHeight();
        stage.setTitle("Tidegate · " + workbench.server());
        stage.setScene(workbench.scene());
        if (stage.isShowing() && !stage.isMaximized()) {
            stage.setWidth(width);
            stage.setHeight(height);
        }
    }

    private static void keep(WindowMemory memory, WorkbenchWindow window, Stage stage) {
        window.workbench()
                .ifPresent(
                        workbench ->
                                memory.keep(
                                        workbench.theme(),
                                        workbench.navigation().place(),
                                        bounds(stage),
                                        window.columns().widths()));
    }

    /**
     * What the command line says, else what the server on this machine wrote down, else the server
     * that was looked at last, else the usual port.
     */
    private static ServerAddress address(LaunchOptions options, WindowMemory memory) {
        return options.server()
                .or(() -> ServerFile.read(options.home()))
                .or(() -> memory.servers().stream().findFirst())
                .orElse(ServerAddress.DEFAULT);
    }

    /** Where it was; in the middle, as any new stage, when that screen is gone. */
    private static void place(Stage stage, WindowBounds bounds) {
        List<Rectangle2D> screens =
                Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
        if (bounds.isWithinReach(screens)) {
            stage.setX(bounds.x());
            stage.setY(bounds.y());
        }
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
        if (window != null) {
            window.close();
        }
    }
}
