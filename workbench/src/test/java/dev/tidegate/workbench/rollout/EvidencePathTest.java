package dev.tidegate.workbench.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvidencePathTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final EvidencePath path = new EvidencePath();

    private static EvidencePoint point(int second, long units) {
        return new EvidencePoint(
                START.plusSeconds(second),
                0.05,
                units,
                List.of(new EvidencePoint.Reading("errors", 0.001, -0.01, 0.02, Math.log(100))),
                0.05);
    }

    @Test
    void countsUnitsOnThroughEpochsThatBeginAnew() {
        path.add(START, List.of(point(1, 10), point(2, 30), point(3, 5), point(4, 12)));

        EvidencePath.Series series = path.series(true);

        assertThat(series.splitSeen().size()).isEqualTo(4);
        assertThat(series.splitSeen().x(1)).isEqualTo(30);
        assertThat(series.splitSeen().x(2)).isEqualTo(35);
        assertThat(series.splitSeen().x(3)).isEqualTo(42);
    }

    @Test
    void takesNoPointTwiceWhenAStreamRepeatsItsHistory() {
        path.add(START, List.of(point(1, 10), point(2, 30)));

        path.add(START, List.of(point(1, 10), point(2, 30), point(3, 40)));

        assertThat(path.series(false).of("errors").difference().size()).isEqualTo(3);
        assertThat(path.series(true).splitSeen().x(2)).isEqualTo(40);
    }

    @Test
    void showsEValuesAsPowersOfTen() {
        path.add(START, List.of(point(1, 10)));

        assertThat(path.series(false).of("errors").logE().y(0)).isCloseTo(2, offset(1e-12));
    }
}
