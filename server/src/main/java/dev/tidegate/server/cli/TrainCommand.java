package dev.tidegate.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.inference.onnx.OnnxConfig;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.retraining.AcceptedColumns;
import dev.tidegate.server.retraining.Algorithm;
import dev.tidegate.server.retraining.Exclusion;
import dev.tidegate.server.retraining.TrainingPipeline;
import dev.tidegate.server.retraining.TrainingProgress;
import dev.tidegate.server.retraining.TrainingReport;
import dev.tidegate.server.retraining.TrainingRequest;
import dev.tidegate.server.retraining.UnknownCategory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate train}: one retraining, alone on this machine. */
@Command(
        name = "train",
        description = {
            "Trains one model from a CSV file and leaves it as ONNX, with its preprocessing inside, beside its"
                    + " signature, its measurements and the rows that it has not learned from."
        },
        footer = {
            "",
            "Example:",
            "  tidegate train --data data/telco-churn.csv --target churn --name churn --algorithm xgboost --out churn-2"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean helpRequested;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "CSV file with a header.")
    private Path data;

    @Option(
            names = "--target",
            required = true,
            description = "The column to predict; it has two values.")
    private String target;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "MODEL",
            description = "The model's name.")
    private String name;

    @Option(
            names = "--algorithm",
            required = true,
            description = "logistic (L2-penalised regression) or xgboost (gradient-boosted trees).")
    private Algorithm algorithm;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "The columns to learn from; all but the target if not given.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--accept",
            defaultValue = "learned",
            description =
                    "What the model's signature takes: learned, the columns it learns from, or all of the file, so that"
                            + " versions that learn from different columns can replace each other (default: learned).")
    private AcceptedColumns accepted;

    @Option(names = "--version", paramLabel = "V", description = "The version's name.")
    private @Nullable String version;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description =
                    "The target's value whose probability to predict; yes, true or 1, else the rarer, if not given.")
    private @Nullable String positive;

    @Option(
            names = "--exclude",
            paramLabel = "COLUMN=VALUE",
            converter = ExclusionConverter.class,
            description =
                    "Leaves these rows out of the training; the signature still takes them. Repeatable.")
    private List<Exclusion> exclusions = new ArrayList<>();

    @Option(
            names = "--unknown-category",
            defaultValue = "ignore",
            description =
                    "What the graph does with a category that it has not seen: ignore or fail (default: ignore).")
    private UnknownCategory unknownCategory;

    @Option(
            names = "--seed",
            defaultValue = "5",
            paramLabel = "N",
            description = "Seed of every random choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--budget",
            defaultValue = "5m",
            converter = DurationConverter.class,
            paramLabel = "TIME",
            description =
                    "How long the run may take, such as 90s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration budget;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder for the results; ./MODEL-RUN if not given.")
    private @Nullable Path out;

    @Option(names = "--run", hidden = true, description = "The run's identity.")
    private @Nullable UUID run;

    @Option(
            names = "--output",
            defaultValue = "text",
            description =
                    "text, or json for one document on stdout and progress as JSON lines on stderr (default: text).")
    private Output output;

    /** Forms of output. */
    enum Output {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        try {
            TrainingPipeline pipeline =
                    new TrainingPipeline(
                            new CsvDatasetReader(),
                            new OnnxRuntime(new OnnxConfig(1, 0)),
                            Clock.systemUTC());
            print(pipeline.run(request(), this::print));
            return ExitCode.OK;
        } catch (TidegateException e) {
            return fail(e);
        }
    }

    private TrainingRequest request() {
        UUID identity = run == null ? UUID.randomUUID() : run;
        try {
            return new TrainingRequest(
                    identity,
                    data,
                    target,
                    Optional.ofNullable(positive),
                    name,
                    Optional.ofNullable(version),
                    algorithm,
                    columns,
                    accepted,
                    exclusions,
                    unknownCategory,
                    seed,
                    budget,
                    out == null ? Path.of(name + "-" + identity) : out);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int fail(TidegateException e) {
        spec.commandLine().getErr().println("tidegate train: " + e.text());
        return e.code().kind() == ErrorKind.USER ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private void print(TrainingProgress progress) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                switch (output) {
                    case JSON -> json(progress);
                    case TEXT ->
                            progress.state().name().toLowerCase(Locale.ROOT)
                                    + ": "
                                    + progress.message();
                });
        err.flush();
    }

    private void print(TrainingReport report) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(
                switch (output) {
                    case JSON -> json(report);
                    case TEXT -> TrainingSummary.of(report);
                });
        stdout.flush();
    }

    private static String json(Object document) {
        try {
            return new ObjectMapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values always have a JSON form", e);
        }
    }
}
