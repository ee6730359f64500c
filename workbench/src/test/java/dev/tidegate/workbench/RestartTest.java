package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.fx.FxThread;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.util.Subscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A real server that goes and comes back on the same port and home, under an open workbench. */
final class RestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir private Path folder;

    @BeforeEach
    void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
        Fonts.load();
    }

    @Test
    void greysWhatItHasWithItsTimeAndComesBackByItself() throws Exception {
        RealServer server = RealServer.start(folder.resolve("home"));
        int port = server.port();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Connection connection =
                Connection.open(
                        new ServerAddress("127.0.0.1", port), Optional.of(server.adminKey()))) {
            FxThread fx = new FxThread();
            UiPulse pulse = new UiPulse(fx);
            Workbench workbench =
                    onFx(
                            () ->
                                    new Workbench(
                                            connection,
                                            pulse,
                                            fx,
                                            timer,
                                            Clock.systemUTC(),
                                            Theme.LIGHT,
                                            new Place.Overview(),
                                            new ColumnWidths(Map.of()),
                                            ScriptedWorkbench.noOther()));
            Subscription running =
                    onFx(() -> Subscription.combine(workbench.start(), pulse.start(timer)));
            until(workbench, root -> root.lookup("#model-table") != null);

            server.close();
            until(workbench, root -> root.lookup("#overview-stale") != null);
            assertThat(onFx(() -> words(workbench, "#overview-stale .banner-text")))
                    .startsWith("Server unreachable")
                    .contains("You see the state of ");
            assertThat(onFx(() -> words(workbench, "#status-bar .status-strong")))
                    .isEqualTo("Reconnecting");

            try (RealServer again = RealServer.start(folder.resolve("home"), port)) {
                assertThat(again.port()).isEqualTo(port);
                until(
                        workbench,
                        root ->
                                root.lookup("#overview-stale") == null
                                        && words(workbench, "#status-bar .status-strong")
                                                .equals("1 stream live"));
            }
            onFx(
                    () -> {
                        running.unsubscribe();
                        return running;
                    });
        } finally {
            server.close();
            timer.shutdownNow();
        }
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds(Parent root);
    }

    private static void until(Workbench workbench, Condition condition) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                onFx(
                                        () -> {
                                            Parent root = workbench.scene().getRoot();
                                            root.resize(1480, 940);
                                            root.applyCss();
                                            root.layout();
                                            return condition.holds(root);
                                        }));
    }

    private static String words(Workbench workbench, String selector) {
        Node node = workbench.scene().lookup(selector);
        return node instanceof Label label ? label.getText() : "";
    }
}
