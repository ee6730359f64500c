package dev.tidegate.workbench.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void showAtMostThreeSignificantFigures() {
        assertThat(Figures.plain(0.84831)).isEqualTo("0.848");
        assertThat(Figures.plain(12345)).isEqualTo("12300");
        assertThat(Figures.rate(1240)).isEqualTo("1.24 k/s");
        assertThat(Figures.millis(12_340)).isEqualTo("12.3 ms");
        assertThat(Figures.percent(0.0123456)).isEqualTo("1.23 %");
    }

    @Test
    void giveDifferencesTheirSign() {
        assertThat(Figures.points(0.00091)).isEqualTo("+0.09 pp");
        assertThat(Figures.points(-0.0022)).isEqualTo("−0.22 pp");
        assertThat(Figures.points(0)).isEqualTo("±0.00 pp");
    }

    @Test
    void showADashWhereThereIsNoNumber() {
        assertThat(Figures.plain(Double.NaN)).isEqualTo("–");
        assertThat(Figures.rate(Double.NaN)).isEqualTo("–");
    }

    @Test
    void leaveOutTheMiddleOfIds() {
        assertThat(Figures.shortened("0198c0de-1111-7000", 9)).isEqualTo("0198…7000");
        assertThat(Figures.shortened("short", 9)).isEqualTo("short");
    }

    @Test
    void tellTimesInTheLargestUnitThatFits() {
        assertThat(Figures.duration(Duration.ofMillis(840))).isEqualTo("0.8 s");
        assertThat(Figures.about(Duration.ofSeconds(250))).isEqualTo("4 min");
        assertThat(Figures.clock(187)).isEqualTo("3:07");
        assertThat(Figures.clock(3725)).isEqualTo("1:02:05");
    }
}
