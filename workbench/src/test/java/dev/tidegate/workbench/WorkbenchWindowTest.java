package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.connection.KeyFinder;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.ServerChoice;
import dev.tidegate.workbench.connection.TrustFinder;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.shell.WindowMemory;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Theme;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** One window that goes from server to server. */
final class WorkbenchWindowTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir private Path folder;

    private ScriptedServer first;
    private ScriptedServer second;
    private WindowMemory memory;
    private WorkbenchWindow window;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        first = new ScriptedServer(0, services("first"));
        second = new ScriptedServer(0, services("second"));
        memory = WindowMemory.read(folder.resolve("workbench.properties"));
        ServerAddress address = address(first.port());
        window =
                onFx(
                        () -> {
                            Fonts.load();
                            WorkbenchWindow opened =
                                    new WorkbenchWindow(
                                            new KeyFinder(
                                                    Map.of("TIDEGATE_TOKEN", "first"),
                                                    folder,
                                                    address),
                                            new TrustFinder(
                                                    Optional.empty(), Optional.empty(), folder),
                                            memory,
                                            workbench -> show(workbench.scene()));
                            opened.connect(
                                    new ServerChoice(address, Optional.of("first")),
                                    Theme.DARK,
                                    new Place.Overview());
                            stage.show();
                            return opened;
                        });
        until(() -> find("model-table") != null);
    }

    /** The headless screen is no larger. */
    private void show(Scene scene) {
        stage.setScene(scene);
        stage.setWidth(1000);
        stage.setHeight(1000);
    }

    private static ServerAddress address(int port) {
        return new ServerAddress("127.0.0.1", port);
    }

    /** Services that take this key and no other. */
    private static List<ServerServiceDefinition> services(String key) {
        ServerInterceptor door =
                new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        if (("Bearer " + key).equals(headers.get(AUTHORIZATION))) {
                            return next.startCall(call, headers);
                        }
                        call.close(
                                Status.UNAUTHENTICATED.withDescription("The key is not known"),
                                new Metadata());
                        return new ServerCall.Listener<>() {};
                    }
                };
        return List.of(
                ServerInterceptors.intercept(new ScriptedFleet(30), door),
                ServerInterceptors.intercept(new ScriptedIdentity(), door),
                ServerInterceptors.intercept(new ScriptedRollout(30, "RUNNING"), door),
                ServerInterceptors.intercept(new ScriptedRegistry(), door));
    }

    @AfterEach
    void close() {
        onFx(
                () -> {
                    window.close();
                    return window;
                });
        first.close();
        second.close();
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
    }

    private static void until(Callable<Boolean> condition) {
        await().until(() -> onFx(condition));
    }

    private Node find(String id) {
        Scene scene = stage.getScene();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return scene.lookup("#" + id);
    }

    private void switchTo(String address, String key) {
        onFx(
                () -> {
                    ((Button) find("identity")).fire();
                    ((TextInputControl) find("server-address")).setText(address);
                    ((TextInputControl) find("server-key")).setText(key);
                    ((Button) find("server-connect")).fire();
                    return key;
                });
    }

    private boolean shows(String words) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().equals(words));
    }

    @Test
    void goesToAnotherServerWithItsKey() {
        switchTo("127.0.0.1:" + second.port(), "second");

        until(() -> shows("127.0.0.1:" + second.port()) && find("model-table") != null);
        assertThat(memory.servers()).containsExactly(address(second.port()), address(first.port()));
    }

    @Test
    void saysThatTheOtherServerIsNotThereAndComesBack() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        switchTo("127.0.0.1:" + nobody, "");
        until(() -> shows("Server unreachable"));

        switchTo("127.0.0.1:" + first.port(), "");
        until(() -> find("model-table") != null);
    }

    @Test
    void saysThatTheKeyIsRefusedAndWhereToEnterAnother() {
        switchTo("127.0.0.1:" + second.port(), "wrong");

        until(() -> shows("No valid key") && shows("no key"));
        assertThat(onFx(() -> find("model-table"))).isNull();
    }

    @Test
    void doesNotPresentTheKeyOfOneServerToAnother() {
        switchTo("127.0.0.1:" + second.port(), "");

        until(() -> shows("No valid key"));
    }

    @Test
    void closesTornCardsWithTheMainWindow() {
        onFx(
                () -> {
                    WorkbenchApplication.closeWith(stage, window, memory);
                    ((Button) find("tear-off-waiting-and-running")).fire();
                    return stage;
                });
        Stage torn =
                onFx(
                        () ->
                                Window.getWindows().stream()
                                        .filter(Stage.class::isInstance)
                                        .map(Stage.class::cast)
                                        .filter(open -> open.getTitle().startsWith("Waiting"))
                                        .findFirst()
                                        .orElseThrow());

        onFx(
                () -> {
                    stage.hide();
                    stage.setOnHiding(null);
                    return stage;
                });

        assertThat(torn.isShowing()).isFalse();
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        onFx(
                () -> {
                    ((Button) find("identity")).fire();
                    ((TextInputControl) find("server-address")).setText("tidegate.example");
                    return window;
                });

        assertThat(onFx(() -> shows("Expected HOST:PORT, got 'tidegate.example'"))).isTrue();
        assertThat(onFx(() -> find("server-connect").isDisabled())).isTrue();
    }
}
