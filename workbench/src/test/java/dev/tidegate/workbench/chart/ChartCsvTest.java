package dev.tidegate.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChartCsvTest {
    @Test
    void holdsTheVisiblePointsOfAllLinesSideBySideWithTheirUnits() {
        ChartFrame.Line one = line("v1", new double[] {0, 1, 2}, new double[] {5, Double.NaN, 7});
        ChartFrame.Line two = line("v\"2", new double[] {1, 2, 9}, new double[] {50, 60, 70});
        XAxis x = new XAxis(new Range(0, 10), 0, Double::toString).inColumn("seconds_since_start");
        ChartFrame frame =
                ChartFrame.ofLines(
                        x,
                        YAxis.fromZero(1, 0, Double::toString),
                        List.of(one, two),
                        List.of(),
                        "");

        assertThat(ChartCsv.of(frame, new Range(0, 5)))
                .isEqualTo(
                        """
                seconds_since_start,"v1 (µs)","v""2 (µs)"
                0.0,5.0,
                1.0,,50.0
                2.0,7.0,60.0
                """);
    }

    private static ChartFrame.Line line(String name, double[] xs, double[] ys) {
        return new ChartFrame.Line(
                name, Samples.of(xs, ys), new Ink.Arm(0), false, Double::toString, "µs");
    }
}
