package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Paint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What the whole workbench shows of a server that is slow, troubled or goes on without it. */
final class FaultsInSightTest {
    private final ScriptedFleet fleet = new ScriptedFleet(120);
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private @Nullable ScriptedWorkbench parts;

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @AfterEach
    void close() {
        onFx(
                () -> {
                    parts().close();
                    return fleet;
                });
    }

    private ScriptedWorkbench parts() {
        return Objects.requireNonNull(parts, "open it first");
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
    }

    private void open(Place place) {
        parts = onFx(() -> new ScriptedWorkbench(Theme.LIGHT, place, fleet, registry));
    }

    private void until(Predicate<Parent> condition) {
        await().until(
                        () ->
                                onFx(
                                        () -> {
                                            Parent root = parts().scene().getRoot();
                                            root.resize(1480, 940);
                                            root.applyCss();
                                            root.layout();
                                            return condition.test(root);
                                        }));
    }

    private static String words(Parent root, String selector) {
        Node node = root.lookup(selector);
        return node instanceof Label label && label.isVisible() ? label.getText() : "";
    }

    @Test
    void showsTheFleetThoughTheRegistryDoesNotAnswer() {
        registry.silent();

        open(new Place.Overview());

        until(root -> words(root, "#fleet-sentence .sentence-words").startsWith("1 model live"));
    }

    @Test
    void saysTheServersProblemsBesideWhatWaits() {
        fleet.setProblems("no leader: rollouts do not move", "2 events were lost");

        open(new Place.Overview());

        until(
                root ->
                        words(root, "#fleet-sentence .sentence-words")
                                .equals(
                                        "No leader: rollouts do not move. 2 events were lost."
                                                + " 1 model live, 1 rollout open, 1 waits for"
                                                + " you."));
        until(root -> words(root, "#status-problems").equals("2 problems"));
        Label problems = (Label) onFx(() -> parts().scene().lookup("#status-problems"));
        assertThat(onFx(problems::getAccessibleText))
                .isEqualTo("2 problems: No leader: rollouts do not move\n2 events were lost");
        assertThat(onFx(problems::getTextFill)).isEqualTo(onFx(this::red));
    }

    private Paint red() {
        Label red = new Label();
        red.getStyleClass().add("tone-text-bad");
        Pane root = (Pane) parts().scene().getRoot();
        root.getChildren().add(red);
        root.applyCss();
        root.getChildren().remove(red);
        return red.getTextFill();
    }

    @Test
    void saysNothingOfProblemsWithoutAny() {
        open(new Place.Overview());

        until(root -> words(root, "#fleet-sentence .sentence-words").startsWith("1 model live"));
        assertThat(onFx(() -> words(parts().scene().getRoot(), "#status-problems"))).isEmpty();
    }

    @Test
    void keepsTheFormAndWhatIsChosenWhenAVersionIsRegistered() {
        open(new Place.Playground("churn", ""));
        until(root -> fields(root) > 1);
        ComboBox<?> versions =
                (ComboBox<?>) onFx(() -> parts().scene().lookup("#playground-version"));
        onFx(
                () -> {
                    versions.getSelectionModel().select(2);
                    return versions;
                });
        assertThat(versions.getValue()).isEqualTo("v2");
        Node field = onFx(() -> fieldOf(parts().scene().getRoot()));

        registry.register("v3");

        until(root -> versions.getItems().size() == 5);
        assertThat(onFx(versions::getValue)).isEqualTo("v2");
        assertThat(onFx(() -> fieldOf(parts().scene().getRoot()))).isSameAs(field);
    }

    private static Node fieldOf(Parent root) {
        return root.lookupAll(".form-scroll .text-field").iterator().next();
    }

    private static int fields(Parent root) {
        return root.lookupAll(".form-scroll .text-field").stream()
                .filter(TextField.class::isInstance)
                .toList()
                .size();
    }
}
