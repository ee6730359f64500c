package dev.tidegate.server.benchmark;

import dev.tidegate.server.benchmark.result.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate benchmark}: measures, prints, and writes down when it is told to. */
@Command(
        name = "benchmark",
        description = {
            "Measures what the project promises and prints a table of each part, with what was promised:",
            "  inference   requests through the whole server beside a plain and a tuned handler, at 1, 16"
                    + " and 64 at once and at half load, 10 minutes",
            "  rest        REST, binary and JSON, and /api/v1/predict beside the plain handler, 7 minutes;"
                    + " takes h2load on the path",
            "  allocation  bytes that a request allocates beyond the plain handler's, 4 minutes",
            "  batch       batch jobs beside ONNX Runtime alone in batches of 256, 2 minutes",
            "  swaps       1,000 swaps of the champion under load, 12 minutes",
            "  start       from the start to ready with 100 registered versions, 1 minute",
            "  sustained   10 minutes at 60 %% of what the server can do, then one at all of it, 14 minutes",
            "  telemetry   processor time that metrics, traces and the JSON log add, 11 minutes",
            "  log         1,000,000 predictions a minute into journal, log and evidence, 4 minutes",
            "  gate        how often the gate errs and what it finds, simulated, 15 minutes of CPU",
            "It wants a machine that does nothing else. A part that cannot be measured keeps no other one from"
                    + " it; then the command fails, as it does when a promise is broken."
        },
        footer = {"", "Example:", "  tidegate benchmark inference --write performance.md"})
public final class BenchmarkCommand implements Callable<Integer> {
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

    @Option(
            names = "--brief",
            description =
                    "Seconds instead of minutes, to see that it runs. The figures say nothing, and"
                            + " cannot be written.")
    private boolean brief;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (brief && file != null) {
            throw new ParameterException(
                    spec.commandLine(), "--brief has no figures to --write: leave one of them out");
        }
        PartRun run = new PartRun(brief, System.out);
        boolean allHold = true;
        for (Part part : parts) {
            allHold &= holds(run, part);
        }
        return allHold ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Returns whether the part's promises are kept, which no figures of a brief run can break. */
    private boolean holds(PartRun run, Part part) throws InterruptedException {
        try {
            Measured measured = run.run(part);
            if (file != null) {
                new PerformancePage(file).replace(part.mark(), measured.text());
            }
            return measured.holds() || brief;
        } catch (IOException | ExecutionException | RuntimeException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(part.mark() + " could not be measured; the other parts go on:");
            e.printStackTrace(err);
            return false;
        }
    }
}
