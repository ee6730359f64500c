package dev.tidegate.server.benchmark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoadTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void spreadsManyCallsOverFewConnections() {
        assertThat(Load.atOnce(1, SECOND).connections()).isEqualTo(1);
        assertThat(Load.atOnce(64, SECOND).connections()).isEqualTo(8);
        assertThat(Load.paced(10, SECOND).connections()).isEqualTo(8);
    }

    @Test
    void isEitherSomeAtOnceOrAnEvenRate() {
        assertThatThrownBy(() -> new Load(1, 1, SECOND)).hasMessageContaining("expected one");
        assertThatThrownBy(() -> new Load(0, 0, SECOND)).hasMessageContaining("expected one");
        assertThatThrownBy(() -> new Load(0, Double.NaN, SECOND))
                .hasMessageContaining("expected one");
    }

    @Test
    void goesThroughAPipeAndBack() {
        LoadResult result = new LoadResult(1234, 1.5, 2.5, 3.5, 10, 2);

        assertThat(LoadResult.parsed(result.line() + "\n")).isEqualTo(result);
        assertThatThrownBy(result::requireAnswered).hasMessageContaining("2 requests failed");
        assertThatThrownBy(new LoadResult(0, 0, 0, 0, 0, 0)::requireAnswered)
                .hasMessageContaining("0 were answered");
    }

    @Test
    void takesWhatTheServerDidNotCountForFailed() {
        LoadResult result = new LoadResult(1234, 1, 2, 3, 10, 0);

        assertThat(result.withFailed(3)).isEqualTo(new LoadResult(1234, 1, 2, 3, 7, 3));
    }
}
