package dev.tidegate.workbench.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

final class ActionButtonTest {
    private final List<String> done = new ArrayList<>();
    private ActionState state = ActionState.allowed("Hold at 50 %");
    private long nanos = Long.MAX_VALUE - 1000;

    private final ActionButton button = WaitForAsyncUtils.waitForAsyncFx(20_000, this::shownButton);

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    private ActionButton shownButton() {
        ActionButton made =
                new ActionButton(
                        "hold", "fth-pause", "plain", () -> done.add(state.words()), () -> nanos);
        made.show(state);
        return made;
    }

    private static void onFx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private void press() {
        onFx(() -> button.button().fire());
    }

    private void become(String words) {
        state = ActionState.allowed(words);
        onFx(() -> button.show(state));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void ignoresTheSecondClickWhenTheFirstChangedWhatItDoes() {
        press();
        become("Resume churn");
        pass(Duration.ofMillis(250));
        press();

        assertThat(done).containsExactly("Hold at 50 %");
    }

    @Test
    void takesAPressOnceTheNewMeaningCouldBeRead() {
        become("Resume churn");
        pass(Duration.ofMillis(600));
        press();

        assertThat(done).containsExactly("Resume churn");
    }

    @Test
    void takesPressesAtOnceWhileItMeansTheSame() {
        press();
        become("Hold at 50 %");
        press();

        assertThat(done).hasSize(2);
    }
}
