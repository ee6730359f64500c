package dev.tidegate.server.cli;

import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowCells;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate predict}: asks a model about rows. */
@Command(
        name = "predict",
        description = {
            "Asks a model about one row or many, all in one request.",
            "With --out the server answers all rows of the file as a batch job, at low priority"
                    + " beside live traffic, and the result is fetched when it is whole. A bar on"
                    + " stderr shows how far it is. Ctrl-C leaves the job running: 'tidegate batch"
                    + " watch', 'result' and 'cancel' go on from there. Exit code 0 only when every row"
                    + " was answered."
        },
        footer = {
            "",
            "Example:",
            "  tidegate predict churn --row tenure=3,monthly_charges=70.5,senior_citizen=0",
            "  tidegate predict --model churn --in customers.csv --out scored.csv --keep customer_id"
        })
public final class PredictCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--version",
            paramLabel = "V",
            defaultValue = "",
            description = "Asks this version; if not given, the one that the route names.")
    private String version;

    @Option(
            names = "--unit",
            paramLabel = "U",
            defaultValue = "",
            description =
                    "Who asks, such as a customer's number; the same unit gets the same version.")
    private String unit;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Runs --in as a batch job and writes the result there: .csv, .parquet, or .json,"
                            + " .jsonl, .ndjson with an object a line.")
    private @Nullable Path out;

    @Option(
            names = "--keep",
            paramLabel = "COLUMN",
            split = ",",
            description =
                    "Columns of --in to copy into the result of a batch job, such as an id."
                            + " Repeatable.")
    private List<String> keep = new ArrayList<>();

    @Option(
            names = "--detach",
            description =
                    "With --in: begins the batch job and returns at once; 'tidegate batch result'"
                            + " fetches what it finds out.")
    private boolean detach;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "csv",
            description =
                    "The result's form with --detach: csv, json or parquet (default: ${DEFAULT-VALUE}).")
    private String form;

    @Spec private CommandSpec spec;

    @Mixin private ServerOptions server;

    /** The model, by its place or by an option. */
    private static final class Asked {
        @Parameters(paramLabel = "MODEL", description = "The model's name.")
        private @Nullable String model;

        @Option(names = "--model", paramLabel = "M", description = "The same as an option.")
        private @Nullable String named;

        String name() {
            return Objects.requireNonNullElseGet(model, () -> Objects.requireNonNull(named));
        }
    }

    /** Where the rows come from. */
    private static final class Source {
        @Option(
                names = "--row",
                paramLabel = "K=V,…",
                converter = RowConverter.class,
                description = "A row; a value with commas stands in double quotes. Repeatable.")
        private @Nullable List<Row> rows;

        @Option(
                names = "--in",
                paramLabel = "FILE",
                description =
                        "Rows in a file: .csv with a header, .parquet, or .json, .jsonl, .ndjson with an"
                                + " object, a list of objects, or an object a line. Columns that the"
                                + " model does not take are left out; a batch job refuses those that"
                                + " --keep does not name.")
        private @Nullable Path file;

        List<Row> rows() {
            if (file != null) {
                return new RowFile(file).rows();
            }
            return rows == null ? List.of() : numbered(rows);
        }

        private static List<Row> numbered(List<Row> rows) {
            List<Row> numbered = new ArrayList<>();
            rows.forEach(
                    row -> numbered.add(new Row("row " + (numbered.size() + 1), row.values())));
            return numbered;
        }
    }

    @Override
    public Integer call() throws StatusException, InterruptedException, IOException {
        if (out == null && !detach) {
            refuse(!keep.isEmpty(), "--keep is for batch jobs: give --out too");
            return now();
        }
        refuse(source.file == null, "a batch job needs --in FILE");
        refuse(!unit.isEmpty(), "--unit is for single requests: a batch job asks one version");
        refuse(out != null && detach, "--detach does not wait for a result to write to --out");
        return new BatchJobRun(
                        server, asked.name(), version, Objects.requireNonNull(source.file), keep)
                .run(out == null ? null : new ResultFile(out), form);
    }

    private void refuse(boolean isWrong, String why) {
        if (isWrong) {
            throw new ParameterException(spec.commandLine(), why);
        }
    }

    private int now() {
        String model = asked.name();
        List<Row> rows = source.rows();
        try (ServerConnection connection = server.connect()) {
            ModelSignature signature = new GrpcModelGateway(connection).signature(model, version);
            RowCells cells = new RowCells(signature);
            requireHeader(cells, rows);
            refuseForeign(cells, rows);
            server.printer()
                    .print(
                            new GrpcPredictGateway(connection)
                                    .predict(model, version, unit, signature, rows),
                            PredictCommand::text);
            return ExitCode.OK;
        }
    }

    /** An empty cell may be a missing value; a column that is not there is a mistake. */
    private void requireHeader(RowCells cells, List<Row> rows) {
        Path file = source.file;
        if (file == null || !new RowFile(file).hasHeader()) {
            return;
        }
        Set<String> missing = cells.missing(rows.getFirst());
        if (!missing.isEmpty()) {
            throw TidegateException.invalid(
                    "%s has no column %s; the columns of model '%s' are %s"
                            .formatted(
                                    file, String.join(", ", missing), asked.name(), cells.known()));
        }
    }

    private void refuseForeign(RowCells cells, List<Row> rows) {
        Set<String> foreign = cells.foreign(rows.getFirst());
        if (foreign.isEmpty()) {
            return;
        }
        if (source.file == null) {
            throw TidegateException.invalid(
                    "model '%s' takes no %s; its columns are %s"
                            .formatted(asked.name(), String.join(", ", foreign), cells.known()));
        }
        server.printer()
                .message("left out, as the model does not take it: " + String.join(", ", foreign));
    }

    private static String text(Document answer) {
        List<Document> outputs =
                answer.documents("outputs").stream()
                        .map(output -> output.only("name", "datatype", "shape", "data"))
                        .toList();
        return DocumentText.of(
                answer.only("model", "version", "arm", "reason", "id").with("outputs", outputs));
    }
}
