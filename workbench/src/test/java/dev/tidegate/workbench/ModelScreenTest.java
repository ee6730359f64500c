package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** One model's screen as a person meets it, off stage. */
final class ModelScreenTest {
    private static final double WIDTH = 1480;
    private static final double HEIGHT = 1200;

    private ScriptedWorkbench parts;

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        parts = onFx(() -> new ScriptedWorkbench(Theme.DARK, new Place.OneModel("churn")));
        until(() -> button("change-ladder") != null);
    }

    @AfterEach
    void close() {
        onFx(
                () -> {
                    parts.close();
                    return parts;
                });
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private void until(Callable<Boolean> condition) {
        await().until(
                        () ->
                                onFx(
                                        () -> {
                                            Parent root = parts.scene().getRoot();
                                            root.resize(WIDTH, HEIGHT);
                                            root.applyCss();
                                            root.layout();
                                            return condition.call();
                                        }));
    }

    private Node find(String id) {
        return parts.scene().lookup("#" + id);
    }

    private @Nullable Button button(String id) {
        return find(id) instanceof Button shown && !shown.isDisabled() ? shown : null;
    }

    private void press(String id) {
        until(() -> button(id) != null);
        onFx(
                () -> {
                    Objects.requireNonNull(button(id)).fire();
                    return id;
                });
    }

    /**
     * Presses as a person would whose first press came too soon after the button's words changed.
     */
    private void pressUntil(String id, Callable<Boolean> condition) {
        until(
                () -> {
                    if (condition.call()) {
                        return true;
                    }
                    Button shown = button(id);
                    if (shown != null) {
                        shown.fire();
                    }
                    return false;
                });
    }

    private String words(String id) {
        return onFx(
                () ->
                        find(id) == null
                                ? ""
                                : find(id).lookupAll(".label").stream()
                                        .map(node -> ((Label) node).getText())
                                        .collect(Collectors.joining(" | ")));
    }

    private void edit(String version, String rules) {
        onFx(
                () -> {
                    @SuppressWarnings("unchecked")
                    ComboBox<String> versions = (ComboBox<String>) find("ladder-version");
                    versions.setValue(version);
                    ((TextArea) find("ladder-rules")).setText(rules);
                    return versions;
                });
    }

    private String effect() {
        return onFx(() -> ((Label) find("ladder-effect")).getText());
    }

    @Test
    void saysWhatALadderChangesBeforeItIsSet() {
        press("change-ladder");
        assertThat(effect()).startsWith("Nothing changes");
        assertThat(onFx(() -> button("dialog-ladder"))).isNull();
        edit("v2", "probability = 0.5");
        assertThat(effect()).contains("answered by v2, then constants", "Until now: nobody.");
        assertThat(parts.routes().requests()).isEmpty();
        pressUntil("dialog-ladder", () -> find("ladder-dialog") == null);
        until(() -> words("ladder-rungs").contains("probability = 0.5"));
        assertThat(words("ladder-rungs"))
                .containsSubsequence("v1", "the champion", "v2", "Constants", "Clear error");
    }

    @Test
    void keepsTheDialogOpenWithTheServersWordsWhenTheLadderIsRefused() {
        press("change-ladder");
        edit("v2", "wrong = 1.0");
        pressUntil(
                "dialog-ladder",
                () -> ((Label) find("ladder-refused")).getText().contains("output 'wrong'"));
        assertThat(onFx(() -> find("ladder-dialog"))).isNotNull();
        assertThat(onFx(() -> ((TextArea) find("ladder-rules")).getText()))
                .isEqualTo("wrong = 1.0");
    }

    @Test
    void showsALadderThatSomebodyElseSetBeforeItIsReplaced() {
        press("change-ladder");
        edit("v2", "");
        parts.routes().set("", "probability = tenure / 72.0", "eva");
        until(() -> find("ladder-changed").isVisible());
        assertThat(words("ladder-changed"))
                .contains("changed by eva while you looked. It is now: the rules.");
        assertThat(onFx(() -> button("dialog-ladder"))).isNull();
        press("accept-ladder");
        pressUntil("dialog-ladder", () -> find("ladder-dialog") == null);
        assertThat(parts.routes().requests().getLast().getMutation().getExpectedRevision())
                .isEqualTo(1);
    }

    @Test
    void drawsTheTimesOfTheChosenVersionOverTime() {
        until(() -> find("stages-mode-1") instanceof ToggleButton);
        onFx(
                () -> {
                    ((ToggleButton) find("stages-mode-1")).fire();
                    return parts;
                });
        until(() -> find("chart-stages") != null && find("stage-table") == null);
        assertThat(words("card-where-the-time-goes")).contains("mean µs of v1");
        onFx(
                () -> {
                    ((ToggleButton) find("stages-mode-0")).fire();
                    return parts;
                });
        until(() -> find("chart-stages") == null && find("stage-table") != null);
    }

    @Test
    void listsTheReplicasAndGreysTheTimesWhenTheyCannotBeHad() {
        until(
                () ->
                        find("replica-table") instanceof TableView<?> table
                                && table.getItems().size() == 3);
        until(() -> find("stage-table") != null);
        parts.inference().hideStatistics();
        until(() -> find("stages-problem") != null);
        assertThat(words("stages-problem"))
                .contains("Server error: the counters cannot be read", "You see the state of");
    }
}
