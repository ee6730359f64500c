package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import dev.tidegate.server.benchmark.result.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whole batch jobs beside the runtime alone in batches of the same size. */
public final class BatchBenchmark {
    private static final int BATCH = 256;

    private final RoundOptions options;
    private final int rows;
    private final PrintStream out;

    /**
     * @param rows of a job
     * @param out gets a line for each measurement
     */
    public BatchBenchmark(RoundOptions options, int rows, PrintStream out) {
        this.options = options;
        this.rows = rows;
        this.out = out;
    }

    /** Returns the table, and whether the promise is kept. */
    public Measured run() throws IOException, InterruptedException {
        return Bench.run(options, out, this::measure);
    }

    private Measured measure(Bench bench) throws IOException, InterruptedException {
        TidegateSubject tidegate = bench.tidegate();
        Path input = bench.folder().resolve("rows.csv");
        new RowsFile(FixedRow.SEED).write(input, rows);
        job(bench, tidegate, input);
        List<Double> alone = new ArrayList<>();
        List<Double> jobs = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            alone.add(BATCH * BareRun.measure(bench.folder(), BATCH, options).rps());
            jobs.add(job(bench, tidegate, input));
            out.printf(
                    Locale.ROOT,
                    "alone %,.0f rows/s, a job %,.0f rows/s%n",
                    alone.getLast(),
                    jobs.getLast());
        }
        return judged(alone, jobs);
    }

    /** Returns rows a second of a job, from when it is taken until its result is kept. */
    private double job(Bench bench, TidegateSubject tidegate, Path input)
            throws InterruptedException {
        JsonNode end =
                tidegate.ask(
                        "predict",
                        FixedRequestProtoMapper.MODEL,
                        "--in",
                        input.toString(),
                        "--out",
                        bench.folder().resolve("scored.csv").toString());
        if (end.path("rows").asInt() != rows || end.path("failed").asInt() != 0) {
            throw new IllegalStateException(
                    "the job ended with %s, expected %d rows".formatted(end, rows));
        }
        tidegate.settle();
        return rows / end.path("seconds").asDouble();
    }

    private Measured judged(List<Double> alone, List<Double> jobs) {
        Spread percent =
                Spread.of(
                        IntStream.range(0, jobs.size())
                                .mapToDouble(round -> 100 * jobs.get(round) / alone.get(round)));
        String text =
                "A batch job of %,d rows of %d floats, CSV to CSV, in runs of %d rows, while nobody else asks; %d rounds in turn, medians, in brackets the least and the greatest. A job's time is from when it is taken until its result is kept: reading, checking and writing rows are in it. The runtime alone has the rows in memory.\n\n"
                                .formatted(rows, TreeGraph.COLUMNS, BATCH, options.rounds())
                        + "* "
                        + MachineFacts.line()
                        + "\n\n"
                        + new MarkdownTable("", "rows/s", "of the runtime alone")
                                .row(
                                        "`OrtSession.run` alone, one thread",
                                        new Spread(alone).text(0),
                                        "100 %")
                                .row("batch job", new Spread(jobs).text(0), percent.text(0) + " %")
                                .text();
        return Promise.judged(
                text,
                List.of(
                        Promise.atLeast(
                                "a job's rows/s of `OrtSession.run` alone in batches of " + BATCH,
                                70,
                                percent.median(),
                                " %")));
    }
}
