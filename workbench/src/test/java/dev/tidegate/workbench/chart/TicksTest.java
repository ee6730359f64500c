package dev.tidegate.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TicksTest {
    @Test
    void fallOnRoundValues() {
        assertThat(Ticks.values(new Range(0, 1.06), 5, 0)).containsExactly(0, 0.5, 1);
        assertThat(Ticks.values(new Range(-3, 27), 6, 0)).containsExactly(0, 5, 10, 15, 20, 25);
    }

    @Test
    void areNeverCloserThanTheSmallestStep() {
        assertThat(Ticks.values(new Range(0, 2), 10, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void countRoundTimesFromTheOrigin() {
        assertThat(Ticks.times(new Range(1003, 1063), 1063, 6))
                .containsExactly(1003, 1013, 1023, 1033, 1043, 1053, 1063);
    }
}
