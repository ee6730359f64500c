package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The screens at the smallest window, off stage. */
final class LayoutTest {
    private static final double WIDTH = 1100;
    private static final double HEIGHT = 700;

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    static Stream<Place> places() {
        return Stream.of(
                new Place.Overview(),
                new Place.Models(),
                new Place.OneModel("churn"),
                new Place.Rollouts(),
                new Place.OneRollout(ScriptedRollout.ID),
                new Place.Playground("churn", ScriptedLog.ID),
                new Place.Batches());
    }

    @ParameterizedTest
    @MethodSource("places")
    void cutsNoWordOffAndNamesEveryControl(Place place) throws Exception {
        ScriptedWorkbench parts = onFx(() -> new ScriptedWorkbench(Theme.LIGHT, place));
        try {
            await().until(
                            () ->
                                    onFx(
                                            () -> {
                                                layOut(parts);
                                                return isFilled(parts, place);
                                            }));
            List<Node> shown = onFx(() -> shown(parts.scene().getRoot()));

            assertThat(shown.stream().filter(LayoutTest::isCutOff).map(LayoutTest::words))
                    .isEmpty();
            assertThat(
                            shown.stream()
                                    .filter(LayoutTest::isActionable)
                                    .filter(node -> node.getId() == null || words(node).isEmpty()))
                    .isEmpty();
        } finally {
            onFx(
                    () -> {
                        parts.close();
                        return parts;
                    });
        }
    }

    private static <T> T onFx(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get();
    }

    private static void layOut(ScriptedWorkbench parts) {
        Parent root = parts.scene().getRoot();
        root.resize(WIDTH, HEIGHT);
        root.applyCss();
        root.layout();
    }

    private static boolean isFilled(ScriptedWorkbench parts, Place place) {
        String id =
                switch (place) {
                    case Place.Overview _ -> "model-table";
                    case Place.Models _ -> "models-table";
                    case Place.OneModel _ -> "version-table";
                    case Place.Rollouts _ -> "rollout-table";
                    case Place.OneRollout _ -> "guardrail-table";
                    case Place.Playground _ -> "log-table";
                    case Place.Batches _ -> "batch-table";
                };
        return parts.scene().lookup("#" + id) instanceof TableView<?> table
                && !table.getItems().isEmpty();
    }

    private static List<Node> shown(Node node) {
        List<Node> nodes = new ArrayList<>();
        if (node.isVisible()) {
            nodes.add(node);
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(child -> nodes.addAll(shown(child)));
            }
        }
        return nodes;
    }

    /**
     * Whether a label shows less than its words; ids are shortened in the middle beforehand and are
     * whole then.
     */
    private static boolean isCutOff(Node node) {
        return node instanceof Label label
                && !label.getText().isEmpty()
                && label.lookup(".text") instanceof Text text
                && text.getText().endsWith(label.getEllipsisString())
                && !label.getText().endsWith(label.getEllipsisString());
    }

    private static boolean isActionable(Node node) {
        boolean control = node instanceof ButtonBase || node instanceof TextInputControl;
        return control
                && node.isFocusTraversable()
                && !node.getStyleClass().contains("arrow-button");
    }

    private static String words(Node node) {
        return switch (node) {
            case Label label -> label.getText();
            case ButtonBase button when button.getAccessibleText() == null -> button.getText();
            case Node other -> other.getAccessibleText() == null ? "" : other.getAccessibleText();
        };
    }
}
