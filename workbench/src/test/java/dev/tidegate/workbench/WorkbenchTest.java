package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The workbench as a person meets it: by mouse and by keyboard, in a headless window. */
final class WorkbenchTest {
    private final FxRobot robot = new FxRobot();
    private ScriptedWorkbench parts;
    private Scene scene;

    @BeforeEach
    void open() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        parts =
                WaitForAsyncUtils.waitForAsyncFx(
                        20_000, () -> new ScriptedWorkbench(Theme.DARK, new Place.Overview()));
        scene = parts.scene();
        FxToolkit.setupStage(
                stage -> {
                    stage.setScene(scene);
                    stage.setWidth(1000);
                    stage.setHeight(1000);
                    stage.show();
                });
    }

    @AfterEach
    void close() {
        robot.interact(() -> parts.close());
    }

    private void waitFor(String id) {
        await().until(() -> WaitForAsyncUtils.asyncFx(() -> isShown(id)).get());
    }

    private boolean isShown(String id) {
        Node node = scene.lookup("#" + id);
        return node != null && node.isVisible();
    }

    private boolean isShownNow(String id) {
        return WaitForAsyncUtils.waitForAsyncFx(5000, () -> isShown(id));
    }

    private Place place() {
        return WaitForAsyncUtils.waitForAsyncFx(5000, () -> parts.workbench().navigation().place());
    }

    private void openRollout() {
        waitFor("open-rollout-" + ScriptedRollout.ID);
        robot.clickOn("#open-rollout-" + ScriptedRollout.ID);
        waitFor("roll-back");
    }

    @Test
    void showsOnlyTheScreensThatExist() {
        List<String> names =
                scene.getRoot().lookupAll(".rail-item").stream()
                        .map(item -> ((ButtonBase) item).getAccessibleText())
                        .map(name -> name.replaceAll(",.*", ""))
                        .toList();

        assertThat(names)
                .containsExactly("Overview", "Rollouts", "Models", "Playground", "Batch jobs");
    }

    @Test
    void saysWhatWaitsInTheFirstLine() {
        waitFor("fleet-sentence");

        await().until(() -> robot.lookup("#fleet-sentence .sentence-words").tryQuery().isPresent());
        Label words = robot.lookup("#fleet-sentence .sentence-words").queryAs(Label.class);
        assertThat(words.getText()).isEqualTo("1 model live, 1 rollout open, 1 waits for you.");
    }

    @Test
    void goesBackAndForwardWithAltAndTheArrows() {
        openRollout();

        robot.press(KeyCode.ALT, KeyCode.LEFT).release(KeyCode.LEFT, KeyCode.ALT);
        assertThat(place()).isEqualTo(new Place.Overview());

        robot.press(KeyCode.ALT, KeyCode.RIGHT).release(KeyCode.RIGHT, KeyCode.ALT);
        assertThat(place()).isEqualTo(new Place.OneRollout(ScriptedRollout.ID));
    }

    @Test
    void goesWhereThePaletteIsTold() {
        waitFor("model-table");

        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        waitFor("palette-query");
        robot.write("playgr").type(KeyCode.ENTER);

        assertThat(place()).isEqualTo(new Place.Playground("", ""));
    }

    @Test
    void doesNothingOnAClickBesideTheCommandsOfThePalette() {
        openRollout();
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        waitFor("palette-query");
        robot.write("roll back churn");
        Node list = scene.lookup("#palette-list");
        await().until(
                        () ->
                                list.lookupAll(".list-cell").stream().filter(this::isFilled).count()
                                        == 1);
        var bounds = list.localToScreen(list.getBoundsInLocal());

        robot.clickOn(bounds.getCenterX(), bounds.getMaxY() - 20);
        robot.clickOn("#palette-list .strong", MouseButton.SECONDARY);
        assertThat(isShown("palette")).isTrue();
        robot.clickOn("#palette-list .strong");

        await().until(() -> parts.rollout().rollBacks().size() == 1);
        assertThat(isShown("palette")).isFalse();
    }

    private boolean isFilled(Node cell) {
        return cell instanceof ListCell<?> row && !row.isEmpty();
    }

    @Test
    void closesTheApprovalWithEscapeAndSignsNothing() {
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");

        robot.type(KeyCode.ESCAPE);

        await().until(() -> !WaitForAsyncUtils.asyncFx(() -> isShown("approval-dialog")).get());
        assertThat(parts.rollout().approvals()).isEmpty();
    }

    @Test
    void approvesByKeyboardAlone() {
        openRollout();
        robot.interact(() -> scene.lookup("#approve").requestFocus());
        robot.type(KeyCode.SPACE);
        waitFor("approval-dialog");
        assertThat(scene.getFocusOwner()).isInstanceOf(TextArea.class);

        robot.write("fewer errors than tolerated");
        robot.interact(() -> scene.lookup("#dialog-approve").requestFocus());
        robot.type(KeyCode.SPACE);

        await().until(() -> parts.rollout().approvals().size() == 1);
        assertThat(parts.rollout().approvals().getFirst().getReason())
                .isEqualTo("fewer errors than tolerated");
        await().until(() -> !WaitForAsyncUtils.asyncFx(() -> isShown("approval-dialog")).get());
    }

    @Test
    void keepsTheFocusInAnOpenDialog() {
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");
        Node dialog = scene.lookup("#approval-dialog");
        List<Node> stops = new ArrayList<>();

        do {
            stops.add(scene.getFocusOwner());
            robot.type(KeyCode.TAB);
        } while (scene.getFocusOwner() != stops.getFirst() && stops.size() < 20);

        assertThat(stops)
                .extracting(Node::getId)
                .containsExactly(
                        "approval-reason",
                        "dialog-roll-back",
                        "dialog-hold",
                        "dialog-approve",
                        "approval-close");
        assertThat(stops).allMatch(stop -> isWithin(stop, dialog));
    }

    private static boolean isWithin(Node node, Node ancestor) {
        return node == ancestor
                || (node.getParent() != null && isWithin(node.getParent(), ancestor));
    }

    @Test
    void saysInTheDialogThatTheEvidenceChanged() {
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");

        parts.rollout().send("KEEP_COLLECTING");

        waitFor("evidence-changed");
        await().until(
                        () ->
                                WaitForAsyncUtils.asyncFx(
                                                () -> scene.lookup("#dialog-approve").isDisabled())
                                        .get());
    }

    private static List<Tooltip> tooltips() {
        return WaitForAsyncUtils.waitForAsyncFx(
                5000,
                () ->
                        Window.getWindows().stream()
                                .filter(Tooltip.class::isInstance)
                                .map(Tooltip.class::cast)
                                .filter(Window::isShowing)
                                .toList());
    }

    /** Moves the mouse anew as long as nothing shows: the table may still find its place. */
    private boolean explainsTheVerdict() {
        boolean shown = tooltips().size() == 1;
        if (!shown) {
            robot.moveTo(robot.lookup("#guardrail-table .chip").<Node>query());
        }
        return shown;
    }

    @Test
    void letsATooltipBeReadWhileTheEvidenceGoesOn() {
        openRollout();
        waitFor("guardrail-table");
        await().pollInterval(Duration.ofSeconds(1)).until(this::explainsTheVerdict);
        Tooltip shown = tooltips().getFirst();

        parts.rollout().say("the upper bound is near");
        parts.rollout().send("KEEP_COLLECTING");

        await().until(() -> shown.getText().equals("the upper bound is near"));
        assertThat(tooltips()).containsExactly(shown);
    }

    @Test
    void keepsTheTilesOfTheDialogWhileTheEvidenceGoesOn() {
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");
        Node tile = scene.lookup("#approval-dialog .evidence-tile");

        parts.rollout().send("KEEP_COLLECTING");

        waitFor("evidence-changed");
        assertThat(scene.lookup("#approval-dialog .evidence-tile")).isSameAs(tile);
    }

    @Test
    void keepsTheReasonWhenTheDialogIsLeftAndLetsNoKeyLeadAway() {
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");
        robot.write("fewer errors");

        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.press(KeyCode.ALT, KeyCode.LEFT).release(KeyCode.LEFT, KeyCode.ALT);

        assertThat(isShown("approval-dialog")).isTrue();
        assertThat(isShown("palette")).isFalse();
        robot.type(KeyCode.ESCAPE);
        robot.interact(() -> parts.workbench().navigation().go(new Place.Overview()));
        openRollout();
        robot.clickOn("#approve");
        waitFor("approval-dialog");
        assertThat(((TextArea) scene.lookup("#approval-reason")).getText())
                .isEqualTo("fewer errors");
    }

    @Test
    void rollsBackWithOneClick() {
        openRollout();

        robot.clickOn("#roll-back");

        await().until(() -> parts.rollout().rollBacks().size() == 1);
    }

    @Test
    void leadsFromASteadyModelToItsOwnScreen() {
        waitFor("open-rollout-" + ScriptedRollout.ID);
        parts.fleet().setSteady();
        parts.fleet().sendSecond(281);
        await().until(() -> !isShownNow("open-rollout-" + ScriptedRollout.ID));

        robot.interact(
                () -> {
                    TableView<?> table = (TableView<?>) scene.lookup("#model-table");
                    table.getSelectionModel().select(0);
                    table.requestFocus();
                });
        robot.type(KeyCode.ENTER);

        assertThat(place()).isEqualTo(new Place.OneModel("churn"));
        waitFor("version-table");
    }

    @Test
    void saysThatThePromotionTakesAnApproval() {
        openRollout();

        assertThat(robot.lookup("#step-ladder .rung-later .subtle").queryAs(Label.class).getText())
                .isEqualTo("when all guardrails are safe, and with an approval");
    }

    @Test
    void switchesTheThemeOnTheSpot() {
        robot.clickOn("#switch-theme");

        assertThat(parts.workbench().theme()).isEqualTo(Theme.LIGHT);
        assertThat(scene.getStylesheets()).anyMatch(sheet -> sheet.endsWith("light.css"));
    }

    @Test
    void goesWhereAPastedLinkSays() {
        waitFor("model-table");

        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        waitFor("palette-query");
        robot.interact(
                () ->
                        ((TextField) scene.lookup("#palette-query"))
                                .setText("tidegate://rollouts/" + ScriptedRollout.ID));
        robot.type(KeyCode.ENTER);

        assertThat(place()).isEqualTo(new Place.OneRollout(ScriptedRollout.ID));
    }

    @Test
    void tearsACardOffIntoALiveWindowOfItsOwn() {
        openRollout();

        robot.interact(() -> ((Button) scene.lookup("#tear-off-evidence")).fire());
        await().until(
                        () ->
                                robot.listWindows().stream()
                                                .map(
                                                        window ->
                                                                window.getScene()
                                                                        .lookup("#chart-evidence"))
                                                .filter(Objects::nonNull)
                                                .count()
                                        == 2);
        Window torn =
                robot.listWindows().stream()
                        .filter(window -> window.getScene() != scene)
                        .filter(window -> window.getScene().lookup("#chart-evidence") != null)
                        .findFirst()
                        .orElseThrow();

        assertThat(torn.getScene().lookup("#guardrail-table")).isNull();
        robot.interact(() -> parts.workbench().navigation().go(new Place.Overview()));
        assertThat(torn.isShowing()).isTrue();
        robot.interact(torn::hide);
    }

    @Test
    void copiesTheFormAsAProgram() {
        robot.interact(
                () ->
                        parts.workbench()
                                .navigation()
                                .go(new Place.Playground("churn", ScriptedLog.ID)));
        waitFor("playground-copy");
        await().until(
                        () ->
                                WaitForAsyncUtils.asyncFx(
                                                () ->
                                                        scene.lookup("#field-tenure")
                                                                        instanceof TextField field
                                                                && field.getText().equals("34.0"))
                                        .get());

        robot.interact(
                () -> ((MenuButton) scene.lookup("#playground-copy")).getItems().getFirst().fire());

        String copied =
                WaitForAsyncUtils.waitForAsyncFx(
                        5000, () -> Clipboard.getSystemClipboard().getString());
        assertThat(copied).startsWith("grpcurl -plaintext").contains("\"churn\"");
    }
}
