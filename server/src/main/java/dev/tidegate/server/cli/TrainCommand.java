package dev.tidegate.server.cli;

import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.inference.onnx.OnnxConfig;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.retraining.AcceptedColumns;
import dev.tidegate.server.retraining.Algorithm;
import dev.tidegate.server.retraining.Exclusion;
import dev.tidegate.server.retraining.TrainingPipeline;
import dev.tidegate.server.retraining.TrainingProgress;
import dev.tidegate.server.retraining.TrainingReport;
import dev.tidegate.server.retraining.TrainingRequest;
import dev.tidegate.server.retraining.UnknownCategory;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate train}: one retraining, alone on this machine or through a server. */
@Command(
        name = "train",
        description = {
            "Trains one model from a CSV file and leaves it as ONNX, with its preprocessing inside, beside its"
                    + " signature, its measurements and the rows that it has not learned from.",
            "With --server or --home a server does it and registers the version."
        },
        footer = {
            "",
            "Example:",
            "  tidegate train --data data/telco-churn.csv --target churn --name churn --algorithm xgboost --out churn-2",
            "  tidegate train --home ~/.tidegate --data data/telco-churn.csv --target churn --name churn --algorithm xgboost"
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

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
            names = "--alias",
            paramLabel = "ALIAS",
            description =
                    "A name to point at the registered version, such as champion; only through a server. Repeatable.")
    private List<String> aliases = new ArrayList<>();

    @Mixin private ServerOptions server;

    @Override
    public Integer call() throws StatusException, InterruptedException {
        Printer printer = server.printer();
        TrainingReport report =
                server.isNamed()
                        ? throughServer(progress -> print(progress, printer))
                        : alone(progress -> print(progress, printer));
        printer.print(report, TrainingSummary::of);
        return ExitCode.OK;
    }

    private TrainingReport alone(Consumer<TrainingProgress> listener) {
        refuse(!aliases.isEmpty(), "--alias needs --server or --home: nothing is registered alone");
        return new TrainingPipeline(
                        new CsvDatasetReader(),
                        new OnnxRuntime(new OnnxConfig(1, 0)),
                        Clock.systemUTC())
                .run(request(), listener);
    }

    private TrainingReport throughServer(Consumer<TrainingProgress> listener)
            throws StatusException, InterruptedException {
        refuse(out != null, "--out is for training alone: a server keeps the results");
        try (ServerConnection connection = server.connect()) {
            return new GrpcTrainingGateway(connection).train(request(), aliases, listener);
        }
    }

    private void refuse(boolean isWrong, String why) {
        if (isWrong) {
            throw new ParameterException(spec.commandLine(), why);
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

    private static void print(TrainingProgress progress, Printer printer) {
        printer.message(
                printer.isJson()
                        ? Printer.json(progress)
                        : progress.state().name().toLowerCase(Locale.ROOT)
                                + ": "
                                + progress.message());
    }
}
