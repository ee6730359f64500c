package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.LaunchOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.application.Application;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Entry point that is no {@link Application}, so that JavaFX may stand on the class path. What
 * keeps the window from opening is told in one line: wrong use ends with 2, everything else with 1.
 */
public final class Launcher {
    private static final String NO_DISPLAY =
            "no display can be opened (DISPLAY is '%s'). Start it in a desktop session; without"
                    + " one, the command 'tidegate' does the same work.";

    private Launcher() {}

    public static void main(String[] args) {
        List<String> arguments = Arrays.asList(args);
        if (arguments.contains("--help")) {
            System.out.println(LaunchOptions.USAGE);
            return;
        }
        Map<String, String> environment = System.getenv();
        try {
            LaunchOptions.parse(
                    arguments, environment, Path.of(System.getProperty("user.home", ".")));
        } catch (IllegalArgumentException e) {
            end(2, e.getMessage() + ". See --help.");
        }
        if (hasNoDisplay(environment)) {
            end(1, NO_DISPLAY.formatted(""));
        }
        launch(args, environment);
    }

    private static boolean hasNoDisplay(Map<String, String> environment) {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return linux
                && System.getProperty("glass.platform") == null
                && environment.getOrDefault("DISPLAY", "").isBlank();
    }

    private static void launch(String[] args, Map<String, String> environment) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Application.launch(WorkbenchApplication.class, args);
        } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
            end(
                    1,
                    NO_DISPLAY.formatted(environment.getOrDefault("DISPLAY", ""))
                            + " ("
                            + e.getMessage()
                            + ")");
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof UncheckedIOException unreadable)) {
                throw e;
            }
            end(1, String.valueOf(unreadable.getMessage()));
        }
    }

    private static void end(int status, String words) {
        System.err.println("tidegate-workbench: " + words);
        System.exit(status);
    }
}
