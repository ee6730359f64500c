package dev.tidegate.server.benchmark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateBenchmarkTest {

    /** A broken level shows at once: 5 % are allowed, so 12 of 120 are beyond chance. */
    @Test
    void keepsItsLevelsAndItsPowerInAShortRun() throws Exception {
        List<GateResult> results = run(new GateBenchmarkOptions(120, 60, 7, 2));
        for (GateResult result : results) {
            if (result.limit() instanceof Scenario.Limit.AtMost) {
                assertThat(result.low()).as(result.name()).isLessThanOrEqualTo(0.05);
            }
            if (result.limit() instanceof Scenario.Limit.AtLeast(double share)) {
                assertThat(result.high()).as(result.name()).isGreaterThanOrEqualTo(share);
            }
        }
        assertThat((double) results.getFirst().zTestHits() / results.getFirst().runs())
                .as("a repeated z-test on the same rollouts")
                .isGreaterThan(0.3);
        assertThat((double) results.getFirst().promoted() / results.getFirst().runs())
                .as("equal candidates promoted")
                .isGreaterThan(0.9);
    }

    @Test
    void printsTheSameTableWithAnyNumberOfThreads() throws Exception {
        assertThat(table(new GateBenchmarkOptions(3, 2, 5, 1)))
                .isEqualTo(table(new GateBenchmarkOptions(3, 2, 5, 3)))
                .contains("A/A, 5/25/50, rolled back");
    }

    private static List<GateResult> run(GateBenchmarkOptions options) throws Exception {
        return new GateBenchmark(options)
                .run(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }

    private static String table(GateBenchmarkOptions options) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new GateBenchmark(options).run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
