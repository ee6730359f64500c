package dev.tidegate.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate batch}: jobs that {@code tidegate predict --out} began. */
@Command(
        name = "batch",
        description = {
            "Shows, follows and cancels batch jobs, and fetches what they found out.",
            "'predict MODEL --in FILE --out FILE' begins one."
        },
        footer = {"", "Example:", "  tidegate batch list"})
public final class BatchCommand {
    private static final String ID = "The job's id, as 'tidegate batch list' shows it.";

    @Command(
            name = "list",
            description = "Lists the jobs, newest first.",
            footer = {"", "Example:", "  tidegate batch list --model churn"})
    int list(
            @Option(
                            names = "--model",
                            paramLabel = "M",
                            defaultValue = "",
                            description = "Only of this model.")
                    String model,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many, at most (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Mixin ServerOptions server) {
        return server.call(
                connection -> new GrpcBatchGateway(connection).list(model, limit),
                BatchCommand::table);
    }

    @Command(
            name = "show",
            description = "Shows where a job stands.",
            footer = {"", "Example:", "  tidegate batch show 0b0f7d5e-2f43-4f0e-9d0c-0f6f3a1a7c11"})
    int show(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcBatchGateway(connection).get(id));
    }

    @Command(
            name = "watch",
            description = {
                "Follows a job to its end, with a bar on stderr; with --output json one document"
                        + " for each state.",
                "Exit code 0 only when every row was answered. Ctrl-C leaves the job running."
            },
            footer = {
                "",
                "Example:",
                "  tidegate batch watch 0b0f7d5e-2f43-4f0e-9d0c-0f6f3a1a7c11"
            })
    int watch(
            @Parameters(paramLabel = "ID", description = ID) String id, @Mixin ServerOptions server)
            throws InterruptedException {
        Printer printer = server.printer();
        BatchBar bar = printer.bar();
        Document end =
                new BatchWatch(server::connect, printer::message)
                        .follow(
                                id,
                                job -> {
                                    if (printer.isJson()) {
                                        printer.print(job);
                                    } else {
                                        bar.accept(job);
                                    }
                                });
        bar.end();
        if (!printer.isJson()) {
            printer.print(end);
        }
        return BatchEnd.code(end, printer);
    }

    @Command(
            name = "cancel",
            description = "Ends a job that waits or runs; nothing of its result is kept.",
            footer = {
                "",
                "Example:",
                "  tidegate batch cancel 0b0f7d5e-2f43-4f0e-9d0c-0f6f3a1a7c11"
            })
    int cancel(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcBatchGateway(connection).cancel(id));
    }

    @Command(
            name = "result",
            description =
                    "Fetches the result of a job that has succeeded; the file appears when it is"
                            + " whole.",
            footer = {
                "",
                "Example:",
                "  tidegate batch result 0b0f7d5e-2f43-4f0e-9d0c-0f6f3a1a7c11 --out scored.csv"
            })
    int result(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "Where to write it, in the form that the job was asked for.")
                    Path out,
            @Mixin ServerOptions server)
            throws IOException {
        ResultFile file = new ResultFile(out);
        file.requireFolder();
        try (ServerConnection connection = server.connect()) {
            GrpcBatchGateway batches = new GrpcBatchGateway(connection);
            Document job = batches.get(id);
            file.requireForm(job.text("outputForm"));
            file.write(stream -> batches.result(id, stream));
            server.printer().print(summary(job, out));
            return ExitCode.OK;
        }
    }

    /** Returns what scripts may rely on about a job that has ended. */
    static Document summary(Document job, Path out) {
        return job.only("id", "model", "version", "rows", "failed", "seconds")
                .with("out", out.toString());
    }

    private static String table(Document jobs) {
        return DocumentText.of(
                new Document()
                        .with(
                                "batches",
                                jobs.documents("batches").stream()
                                        .map(
                                                job ->
                                                        job.only(
                                                                "id",
                                                                "model",
                                                                "version",
                                                                "state",
                                                                "rows",
                                                                "failed",
                                                                "seconds",
                                                                "input",
                                                                "by",
                                                                "submitted"))
                                        .toList()));
    }
}
