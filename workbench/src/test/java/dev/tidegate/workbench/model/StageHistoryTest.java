package dev.tidegate.workbench.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.chart.Range;
import dev.tidegate.workbench.chart.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StageHistoryTest {
    @Test
    void drawsEachReadingsMeanOverTimeAndAGapWhereNothingIsKnown() {
        StageHistory history = new StageHistory();
        Instant start = Instant.ofEpochSecond(1_000);
        history.add(start, List.of(totals("v1", 10, 1_000)));
        history.add(start.plusSeconds(2), List.of(totals("v1", 20, 3_000)));
        history.add(start.plusSeconds(4), List.of(totals("v1", 20, 3_000)));
        history.add(start.plusSeconds(6), List.of(totals("v1", 5, 900)));
        history.add(start.plusSeconds(8), List.of(totals("v1", 6, 1_000)));

        Samples compute = Objects.requireNonNull(history.series().get("v1")).compute();
        assertThat(IntStream.range(0, compute.size()).mapToObj(compute::x))
                .containsExactly(1002.0, 1004.0, 1006.0, 1008.0);
        assertThat(IntStream.range(0, compute.size()).mapToObj(compute::y))
                .containsExactly(200.0, Double.NaN, Double.NaN, 100.0);

        Stages stages =
                new Stages(List.of(), Duration.ZERO, start.plusSeconds(8), history.series());
        assertThat(StagesChart.frame(stages, "v1").x().range()).isEqualTo(new Range(948, 1008));
        assertThat(StagesChart.frame(stages, "v1").lines())
                .extracting(ChartFrame.Line::name)
                .containsExactly("Read", "Queue", "Compute", "Encode");
        assertThat(StagesChart.frame(stages, "v2").isEmpty()).isTrue();
    }

    private static StageTotals totals(String version, long requests, long computeMicros) {
        return new StageTotals(version, requests, 0, 0, computeMicros * 1_000, 0);
    }
}
