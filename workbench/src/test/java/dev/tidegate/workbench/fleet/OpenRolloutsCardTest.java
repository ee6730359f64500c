package dev.tidegate.workbench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Tone;
import java.util.concurrent.TimeoutException;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

final class OpenRolloutsCardTest {
    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    private static OpenRolloutItem item(String id, String detail, boolean waits) {
        return new OpenRolloutItem(id, "churn " + id, detail, Tone.CALM, "running", waits);
    }

    @Test
    void keepsTheFocusWhileReasonsChange() {
        WaitForAsyncUtils.waitForAsyncFx(
                20_000,
                () -> {
                    ObservableList<OpenRolloutItem> items =
                            FXCollections.observableArrayList(
                                    item("r1", "12 units", false), item("r2", "3 units", true));
                    OpenRolloutsCard card =
                            new OpenRolloutsCard(items, new Navigation(new Place.Overview()));
                    Scene scene = new Scene(card.node());
                    var bound = card.bind();
                    Node button = scene.lookup("#open-rollout-r1");
                    button.requestFocus();

                    items.set(0, item("r1", "13 units", false));
                    items.set(1, item("r2", "4 units", true));

                    assertThat(scene.lookup("#open-rollout-r1")).isSameAs(button);
                    assertThat(scene.getFocusOwner()).isSameAs(button);
                    assertThat(card.node().lookupAll(".label").toString()).contains("13 units");
                    bound.unsubscribe();
                });
    }

    @Test
    void leavesOutWhatIsOverAndThenSaysThatNothingWaits() {
        WaitForAsyncUtils.waitForAsyncFx(
                20_000,
                () -> {
                    ObservableList<OpenRolloutItem> items =
                            FXCollections.observableArrayList(item("r1", "12 units", false));
                    OpenRolloutsCard card =
                            new OpenRolloutsCard(items, new Navigation(new Place.Overview()));
                    var bound = card.bind();

                    items.clear();

                    assertThat(card.node().lookup("#open-rollout-r1")).isNull();
                    assertThat(card.node().lookupAll(".label").toString())
                            .contains("Nothing waits for you");
                    bound.unsubscribe();
                });
    }
}
