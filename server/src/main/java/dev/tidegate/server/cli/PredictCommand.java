package dev.tidegate.server.cli;

import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowCells;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate predict}: asks a model about rows. */
@Command(
        name = "predict",
        description = "Asks a model about one row or many, all in one request.",
        footer = {
            "",
            "Example:",
            "  tidegate predict churn --row tenure=3,monthly_charges=70.5,senior_citizen=0"
        })
public final class PredictCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "The model's name.")
    private String model;

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

    @Mixin private ServerOptions server;

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
                        "Rows in a file: .csv with a header, or .json with an object or a list of objects. Columns that"
                                + " the model does not take are left out.")
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
    public Integer call() {
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
                            .formatted(file, String.join(", ", missing), model, cells.known()));
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
                            .formatted(model, String.join(", ", foreign), cells.known()));
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
