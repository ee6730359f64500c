package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

final class StagesInSightTest {
    private final List<Boolean> hidden = new ArrayList<>();

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    private static void onFx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    @Test
    void hidesOnlyWhenEveryStageIsIconified() {
        onFx(
                () -> {
                    Stage main = new Stage();
                    Stage torn = new Stage();
                    ObservableList<Window> open = FXCollections.observableArrayList(main);
                    var following = StagesInSight.follow(open, hidden::add);
                    open.add(torn);

                    main.setIconified(true);
                    assertThat(hidden).doesNotContain(true);
                    torn.setIconified(true);
                    assertThat(hidden.getLast()).isTrue();
                    main.setIconified(false);
                    assertThat(hidden.getLast()).isFalse();

                    following.unsubscribe();
                });
    }

    @Test
    void hidesWhenTheOnlyOneInSightIsClosed() {
        onFx(
                () -> {
                    Stage main = new Stage();
                    Stage torn = new Stage();
                    ObservableList<Window> open = FXCollections.observableArrayList(main, torn);
                    var following = StagesInSight.follow(open, hidden::add);
                    main.setIconified(true);

                    open.remove(torn);

                    assertThat(hidden.getLast()).isTrue();
                    following.unsubscribe();
                });
    }
}
