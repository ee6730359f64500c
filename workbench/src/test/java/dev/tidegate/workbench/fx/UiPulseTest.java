package dev.tidegate.workbench.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UiPulseTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final UiPulse pulse = new UiPulse(Runnable::run);
    private final List<Integer> shown = new ArrayList<>();

    @Test
    void showsOnlyTheNewestValueAndCountsTheOthers() {
        Valve<Integer> valve = pulse.valve(Cadence.VALUES, shown::add);
        valve.accept(1);
        valve.accept(2);
        valve.accept(3);

        pulse.tick(SECOND);

        assertThat(shown).containsExactly(3);
        assertThat(pulse.droppedValues()).isEqualTo(2);
    }

    @Test
    void waitsForTheCadenceOfCharts() {
        Valve<Integer> valve = pulse.valve(Cadence.CHARTS, shown::add);
        valve.accept(1);
        pulse.tick(SECOND);
        valve.accept(2);

        pulse.tick(SECOND + Duration.ofMillis(200).toNanos());
        assertThat(shown).containsExactly(1);

        pulse.tick(SECOND + Duration.ofMillis(260).toNanos());
        assertThat(shown).containsExactly(1, 2);
    }

    @Test
    void queuesNoSecondBatchWhileTheScreenIsBusy() {
        List<Runnable> queue = new ArrayList<>();
        UiPulse slow = new UiPulse(queue::add);
        Valve<Integer> valve = slow.valve(Cadence.VALUES, shown::add);
        valve.accept(1);
        slow.tick(SECOND);
        valve.accept(2);

        slow.tick(2 * SECOND);

        assertThat(queue).hasSize(1);
        queue.getFirst().run();
        assertThat(shown).containsExactly(2);
    }

    @Test
    void showsNothingWhileHiddenAndTheNewestAfterwards() {
        Valve<Integer> valve = pulse.valve(Cadence.VALUES, shown::add);
        pulse.setHidden(true);
        valve.accept(1);
        pulse.tick(SECOND);
        assertThat(shown).isEmpty();

        pulse.setHidden(false);
        pulse.tick(2 * SECOND);

        assertThat(shown).containsExactly(1);
    }

    @Test
    void goesOnTellingTheTimeWhilePaused() {
        List<String> beats = new ArrayList<>();
        var unused = pulse.onBeat(Cadence.CLOCK, () -> beats.add("beat"));
        Valve<Integer> valve = pulse.valve(Cadence.VALUES, shown::add);
        valve.accept(1);
        pulse.setPaused(true);

        pulse.tick(SECOND);

        assertThat(beats).hasSize(1);
        assertThat(shown).isEmpty();
    }

    @Test
    void showsNothingOfAClosedValve() {
        Valve<Integer> valve = pulse.valve(Cadence.VALUES, shown::add);
        valve.accept(1);
        valve.unsubscribe();

        pulse.tick(SECOND);

        assertThat(shown).isEmpty();
    }
}
