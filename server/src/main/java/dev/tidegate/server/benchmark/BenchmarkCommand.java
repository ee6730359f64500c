package dev.tidegate.server.benchmark;

import dev.tidegate.server.benchmark.gate.GateBenchmark;
import dev.tidegate.server.benchmark.gate.GateBenchmarkOptions;
import dev.tidegate.server.benchmark.gate.GateResult;
import dev.tidegate.server.benchmark.inference.InferenceBenchmark;
import dev.tidegate.server.benchmark.inference.InferenceBenchmarkOptions;
import dev.tidegate.server.benchmark.log.LogBenchmark;
import dev.tidegate.server.benchmark.log.LogBenchmarkOptions;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate benchmark}: measures, prints, and writes down when it is told to. */
@Command(
        name = "benchmark",
        description = {
            "Measures what the project promises and prints a table of each part:",
            "  inference  requests through the whole server beside a bare handler, 7 minutes",
            "  log        1,000,000 predictions a minute into journal, log and evidence, 4 minutes",
            "  gate       how often the gate errs and what it finds, simulated, 15 minutes of CPU",
            "It wants a machine that does nothing else. It fails when a promise is broken."
        },
        footer = {"", "Example:", "  tidegate benchmark inference --write performance.md"})
public final class BenchmarkCommand implements Callable<Integer> {
    /** What can be measured. */
    enum Part {
        INFERENCE,
        LOG,
        GATE
    }

    /**
     * What one part gave.
     *
     * @param text Markdown
     * @param holds whether what is promised was reached
     */
    private record Measured(String text, boolean holds) {}

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "${COMPLETION-CANDIDATES}; all when none is named.")
    private List<Part> parts = List.of(Part.values());

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Also writes the tables into this Markdown page, between marks.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        boolean allHold = true;
        for (Part part : parts) {
            Measured measured = measure(part);
            allHold &= measured.holds();
            if (file != null) {
                new PerformancePage(file)
                        .replace(part.name().toLowerCase(Locale.ROOT), measured.text());
            }
        }
        return allHold ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static Measured measure(Part part)
            throws IOException, InterruptedException, ExecutionException {
        return switch (part) {
            case INFERENCE -> inference();
            case LOG -> log();
            case GATE -> gate();
        };
    }

    private static Measured inference() throws IOException, InterruptedException {
        String table = new InferenceBenchmark(InferenceBenchmarkOptions.full()).run(System.out);
        System.out.print(table);
        return new Measured(table, true);
    }

    private static Measured log() throws IOException, InterruptedException, ExecutionException {
        EchoedOutput output = new EchoedOutput(System.out);
        try (TemporaryFolder home = TemporaryFolder.create("tidegate-benchmark-")) {
            boolean complete =
                    new LogBenchmark(LogBenchmarkOptions.standard(home.path()))
                            .run(output.printer())
                            .isComplete();
            return new Measured(output.block(), complete);
        }
    }

    private static Measured gate() throws InterruptedException, ExecutionException {
        EchoedOutput output = new EchoedOutput(System.out);
        int threads = Runtime.getRuntime().availableProcessors();
        List<GateResult> results =
                new GateBenchmark(GateBenchmarkOptions.full(threads)).run(output.printer());
        return new Measured(output.block(), results.stream().allMatch(GateResult::holds));
    }
}
