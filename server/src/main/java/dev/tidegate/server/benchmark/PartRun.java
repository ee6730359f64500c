package dev.tidegate.server.benchmark;

import dev.tidegate.server.benchmark.gate.GateBenchmark;
import dev.tidegate.server.benchmark.gate.GateBenchmarkOptions;
import dev.tidegate.server.benchmark.gate.GateResult;
import dev.tidegate.server.benchmark.inference.AllocationBenchmark;
import dev.tidegate.server.benchmark.inference.BatchBenchmark;
import dev.tidegate.server.benchmark.inference.InferenceBenchmark;
import dev.tidegate.server.benchmark.inference.RestBenchmark;
import dev.tidegate.server.benchmark.inference.RoundOptions;
import dev.tidegate.server.benchmark.inference.StartBenchmark;
import dev.tidegate.server.benchmark.inference.SustainedBenchmark;
import dev.tidegate.server.benchmark.inference.SustainedOptions;
import dev.tidegate.server.benchmark.inference.SwapBenchmark;
import dev.tidegate.server.benchmark.inference.TelemetryBenchmark;
import dev.tidegate.server.benchmark.log.LogBenchmark;
import dev.tidegate.server.benchmark.log.LogBenchmarkOptions;
import dev.tidegate.server.benchmark.log.LogBenchmarkResult;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Measures one part after the other.
 *
 * @param brief only shows that it runs: seconds instead of minutes, and figures that say nothing
 * @param out gets progress and tables
 */
record PartRun(boolean brief, PrintStream out) {
    /** Predictions that the log takes. */
    private static final long PER_MINUTE = 1_000_000;

    /** Returns what a part gave, having printed it. */
    Measured run(Part part) throws IOException, InterruptedException, ExecutionException {
        return switch (part) {
            case INFERENCE -> printed(new InferenceBenchmark(rounds(), out).run());
            case REST -> printed(new RestBenchmark(rounds(), out).run());
            case ALLOCATION -> printed(new AllocationBenchmark(rounds(), out).run());
            case BATCH -> printed(new BatchBenchmark(rounds(), brief ? 1_000 : 500_000, out).run());
            case SWAPS -> printed(swaps().run());
            case START -> printed(start().run());
            case SUSTAINED -> printed(sustained().run());
            case TELEMETRY -> printed(new TelemetryBenchmark(rounds(), brief ? 1 : 4, out).run());
            case LOG -> log();
            case GATE -> gate();
        };
    }

    private SwapBenchmark swaps() {
        return brief
                ? new SwapBenchmark(rounds(), 10, Duration.ofSeconds(1), out)
                : new SwapBenchmark(rounds(), 1_000, Duration.ofMinutes(1), out);
    }

    private StartBenchmark start() {
        return brief ? new StartBenchmark(1, 2, 1, out) : new StartBenchmark(10, 10, 5, out);
    }

    private SustainedBenchmark sustained() {
        return new SustainedBenchmark(
                rounds(), brief ? SustainedOptions.brief() : SustainedOptions.full(), out);
    }

    private RoundOptions rounds() {
        return brief ? RoundOptions.brief() : RoundOptions.full();
    }

    private Measured printed(Measured measured) {
        out.println();
        out.print(measured.text());
        return measured;
    }

    private Measured log() throws IOException, InterruptedException, ExecutionException {
        EchoedOutput output = new EchoedOutput(out);
        try (TemporaryFolder home = TemporaryFolder.create("tidegate-benchmark-")) {
            LogBenchmarkOptions options =
                    brief
                            ? LogBenchmarkOptions.brief(home.path())
                            : LogBenchmarkOptions.standard(home.path());
            LogBenchmarkResult result = new LogBenchmark(options).run(output.printer());
            return new Measured(
                    output.block(), result.isComplete() && result.perMinute() >= PER_MINUTE);
        }
    }

    private Measured gate() throws InterruptedException, ExecutionException {
        EchoedOutput output = new EchoedOutput(out);
        int threads = Runtime.getRuntime().availableProcessors();
        GateBenchmarkOptions options =
                brief ? GateBenchmarkOptions.brief(threads) : GateBenchmarkOptions.full(threads);
        List<GateResult> results = new GateBenchmark(options).run(output.printer());
        return new Measured(output.block(), results.stream().allMatch(GateResult::holds));
    }
}
