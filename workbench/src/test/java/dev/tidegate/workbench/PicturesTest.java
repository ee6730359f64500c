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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.util.Subscription;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Walks through a rollout on the real server under real traffic, with a person's clicks, and leaves
 * a picture of every screen in both themes under {@code target/pictures}.
 */
final class PicturesTest {
    private static final int WIDTH = 1480;
    private static final int HEIGHT = 940;
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path folder;

    private RealServer server;
    private Connection admin;
    private ChurnTraffic traffic;

    @BeforeEach
    void serve() throws Exception {
        FxToolkit.registerPrimaryStage();
        Fonts.load();
        clearPictures();
        Path one =
                RealServer.train(
                        folder.resolve("v1"), "tenure", "monthly_charges", "senior_citizen");
        Path two = RealServer.train(folder.resolve("v2"));
        server = RealServer.start(folder.resolve("home"));
        admin = connect(server.adminKey());
        ControlClient control = new ControlClient(admin.channel());
        control.register(one, "v1", "champion");
        control.register(two, "v2");
        traffic =
                ChurnTraffic.start(
                        admin.channel(), control.signature(), two.resolve("holdout.csv"));
    }

    /** So that only this run's pictures lie there in the end. */
    private static void clearPictures() throws IOException {
        Files.createDirectories(PICTURES);
        try (var old = Files.newDirectoryStream(PICTURES, "*.png")) {
            for (Path picture : old) {
                Files.delete(picture);
            }
        }
    }

    private Connection connect(String key) {
        return Connection.open(new ServerAddress("127.0.0.1", server.port()), Optional.of(key));
    }

    @AfterEach
    void stop() {
        traffic.close();
        admin.close();
        server.close();
    }

    @Test
    void showEveryScreenOfARolloutThatAPersonApproves() throws Exception {
        await().atMost(PATIENCE).until(() -> traffic.answered() > 1000);
        String id = startRollout();
        ControlClient control = new ControlClient(admin.channel());
        await().atMost(PATIENCE)
                .until(
                        () ->
                                control.rollout(id).getStep() == 0
                                        && control.rollout(id).getStepUnits() > 100);
        everyTheme("rollout-running", new Place.OneRollout(id), "guardrail-table", _ -> {});

        await().atMost(PATIENCE)
                .until(() -> control.rollout(id).getState().equals("AWAITING_APPROVAL"));
        everyTheme("overview", new Place.Overview(), "model-table", _ -> {});
        everyTheme("rollout", new Place.OneRollout(id), "guardrail-table", _ -> {});
        everyTheme("models", new Place.Models(), "models-table", _ -> {});
        everyTheme("model", new Place.OneModel("churn"), "stage-table", _ -> {});
        everyTheme("rollouts", new Place.Rollouts(), "rollout-table", _ -> {});
        control.submitBatch(folder.resolve("v2").resolve("holdout.csv"));
        everyTheme("batches", new Place.Batches(), "batch-table", _ -> {});
        everyTheme(
                "ladder",
                new Place.OneModel("churn"),
                "replica-table",
                parts -> parts.press("change-ladder"));
        everyTheme(
                "approval",
                new Place.OneRollout(id),
                "guardrail-table",
                parts -> parts.press("approve"));
        everyTheme(
                "palette",
                new Place.OneRollout(id),
                "guardrail-table",
                parts -> parts.press("open-palette"));
        everyTheme(
                "playground", new Place.Playground("churn", ""), "log-table", this::askALoggedRow);

        approve(id);
        await().atMost(PATIENCE).until(() -> control.rollout(id).getState().equals("PROMOTED"));
        everyTheme("promoted", new Place.OneRollout(id), "guardrail-table", _ -> {});
        serverGone();

        try (var pictures = Files.list(PICTURES)) {
            assertThat(pictures.filter(file -> file.toString().endsWith(".png")))
                    .hasSizeGreaterThanOrEqualTo(21);
        }
    }

    private String startRollout() {
        Connection engineer = connect(new ControlClient(admin.channel()).engineerKey());
        try {
            return new ControlClient(engineer.channel()).startRollout("v2");
        } finally {
            engineer.close();
        }
    }

    private void askALoggedRow(Screen screen) {
        screen.onFx(
                () -> {
                    TableView<?> log = (TableView<?>) screen.find("log-table");
                    log.getSelectionModel().selectFirst();
                    return log;
                });
        screen.press("take-selected");
        screen.until(() -> screen.find("playground-send") != null);
        screen.until(screen::isFormFilled);
        screen.press("playground-send");
        screen.until(() -> screen.find("answer").lookup(".output") != null);
    }

    private void approve(String id) throws IOException {
        try (Screen screen = new Screen(Theme.DARK, new Place.OneRollout(id))) {
            screen.until(() -> screen.isFilled("guardrail-table"));
            screen.press("approve");
            screen.onFx(
                    () -> {
                        ((TextArea) screen.find("approval-reason"))
                                .setText("Better on every row that was held out");
                        return id;
                    });
            screen.press("dialog-approve");
            screen.until(() -> screen.workbench.scene().lookup("#approval-dialog") == null);
        }
    }

    /** The last state that was seen stays, greyed, when the server goes. */
    private void serverGone() throws IOException {
        try (Screen screen = new Screen(Theme.LIGHT, new Place.Overview())) {
            screen.until(() -> screen.isFilled("model-table"));
            server.close();
            screen.until(() -> screen.workbench.scene().lookup("#overview-stale") != null);
            screen.save("overview-stale-light");
        }
    }

    /** What a person does before the picture is taken. */
    @FunctionalInterface
    private interface Steps {
        void on(Screen screen);
    }

    private void everyTheme(String name, Place place, String table, Steps steps)
            throws IOException {
        for (Theme theme : Theme.values()) {
            try (Screen screen = new Screen(theme, place)) {
                screen.until(() -> screen.isFilled(table));
                steps.on(screen);
                screen.save(name + "-" + theme.word());
            }
        }
    }

    /** A workbench of its own, off stage, in the size of the pictures. */
    private final class Screen implements AutoCloseable {
        private final ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("pictures-timer").factory());
        private final Connection connection;
        private final Workbench workbench;
        private final Subscription running;

        Screen(Theme theme, Place place) throws IOException {
            connection = connect(server.adminKey());
            FxThread fx = new FxThread();
            UiPulse pulse = new UiPulse(fx);
            workbench =
                    onFx(
                            () ->
                                    new Workbench(
                                            connection,
                                            pulse,
                                            fx,
                                            timer,
                                            Clock.systemUTC(),
                                            theme,
                                            place,
                                            new ColumnWidths(Map.of()),
                                            ScriptedWorkbench.noOther()));
            running = onFx(() -> Subscription.combine(workbench.start(), pulse.start(timer)));
        }

        <T> T onFx(Callable<T> work) {
            return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
        }

        Node find(String id) {
            return workbench.scene().lookup("#" + id);
        }

        boolean isFilled(String table) {
            return find(table) instanceof TableView<?> shown && !shown.getItems().isEmpty();
        }

        boolean isFormFilled() {
            return find("field-tenure") instanceof TextField tenure && !tenure.getText().isEmpty();
        }

        void until(Callable<Boolean> condition) {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    onFx(
                                            () -> {
                                                layOut();
                                                return condition.call();
                                            }));
        }

        private void layOut() {
            Parent root = workbench.scene().getRoot();
            root.resize(WIDTH, HEIGHT);
            root.applyCss();
            root.layout();
        }

        void press(String id) {
            until(() -> find(id) instanceof Button button && !button.isDisabled());
            onFx(
                    () -> {
                        ((Button) find(id)).fire();
                        return id;
                    });
        }

        /** One snapshot only: a scroll pane keeps its picture in a scene without a window. */
        void save(String name) {
            await().pollDelay(Duration.ofMillis(800)).until(() -> true);
            until(() -> true);
            onFx(
                    () -> {
                        WritableImage image =
                                workbench.scene().snapshot(new WritableImage(WIDTH, HEIGHT));
                        return ImageIO.write(
                                SwingFXUtils.fromFXImage(image, null),
                                "png",
                                PICTURES.resolve(name + ".png").toFile());
                    });
        }

        @Override
        public void close() {
            onFx(
                    () -> {
                        running.unsubscribe();
                        return running;
                    });
            timer.shutdownNow();
            connection.close();
        }
    }
}
