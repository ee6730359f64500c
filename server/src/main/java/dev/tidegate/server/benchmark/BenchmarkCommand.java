package dev.tidegate.server.benchmark;

import dev.tidegate.server.benchmark.gate.GateBenchmark;
import dev.tidegate.server.benchmark.gate.GateBenchmarkOptions;
import dev.tidegate.server.benchmark.inference.InferenceBenchmark;
import dev.tidegate.server.benchmark.inference.InferenceBenchmarkOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate benchmark}: measures, prints, and writes down when it is told to. */
@Command(
        name = "benchmark",
        description = {
            "Measures what the project promises and prints a table of each part.",
            "It wants a machine that does nothing else."
        },
        footer = {"", "Example:", "  tidegate benchmark inference --write performance.md"})
public final class BenchmarkCommand implements Callable<Integer> {
    /** What can be measured. */
    enum Part {
        INFERENCE,
        GATE
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "inference, gate; all when none is named.")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--write", paramLabel = "FILE", description = "Writes the tables, as Markdown.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        StringBuilder tables = new StringBuilder("# Performance\n\n");
        for (Part part : parts) {
            tables.append(table(part)).append('\n');
        }
        Path target = file;
        if (target != null) {
            Files.writeString(target, tables.toString());
        }
        return 0;
    }

    private static String table(Part part)
            throws IOException, InterruptedException, ExecutionException {
        return switch (part) {
            case INFERENCE -> {
                String table =
                        new InferenceBenchmark(InferenceBenchmarkOptions.full()).run(System.out);
                System.out.print(table);
                yield table;
            }
            case GATE -> gate();
        };
    }

    private static String gate() throws InterruptedException, ExecutionException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(copy, true, StandardCharsets.UTF_8);
        new GateBenchmark(GateBenchmarkOptions.full(Runtime.getRuntime().availableProcessors()))
                .run(out);
        String text = copy.toString(StandardCharsets.UTF_8);
        System.out.print(text);
        return "## The gate's promises\n\n```\n" + text + "```\n";
    }
}
