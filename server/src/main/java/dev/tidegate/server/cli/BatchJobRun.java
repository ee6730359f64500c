package dev.tidegate.server.cli;

import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** One batch job from a command line: sent, followed, fetched. */
final class BatchJobRun {
    private final ServerOptions server;
    private final String model;
    private final String version;
    private final Path input;
    private final List<String> keep;

    /**
     * @param version empty for the champion
     * @param keep columns of the input that are copied to the result
     */
    BatchJobRun(ServerOptions server, String model, String version, Path input, List<String> keep) {
        this.server = server;
        this.model = model;
        this.version = version;
        this.input = input;
        this.keep = List.copyOf(keep);
    }

    /**
     * Returns the exit code.
     *
     * @param result null: does not wait for it
     * @param form of a result that is not waited for
     */
    int run(@Nullable ResultFile result, String form)
            throws StatusException, InterruptedException, IOException {
        if (result == null) {
            server.printer().print(submit(form));
            return ExitCode.OK;
        }
        result.requireFolder();
        String id = submit(result.form()).text("id");
        Printer printer = server.printer();
        printer.message(
                "batch job %s is queued; Ctrl-C leaves it running, 'tidegate batch cancel %s' ends it"
                        .formatted(id, id));
        BatchBar bar = printer.bar();
        Document end = new BatchWatch(server::connect, printer::message).follow(id, bar);
        bar.end();
        BatchEnd.requireSuccess(end);
        fetch(id, result);
        printer.print(BatchCommand.summary(end, result.file()));
        return BatchEnd.code(end, printer);
    }

    private Document submit(String form) throws StatusException, InterruptedException {
        try (ServerConnection connection = server.connect()) {
            return new GrpcBatchGateway(connection).submit(model, version, input, form, keep);
        }
    }

    private void fetch(String id, ResultFile result) throws IOException {
        try (ServerConnection connection = server.connect()) {
            GrpcBatchGateway batches = new GrpcBatchGateway(connection);
            result.write(stream -> batches.result(id, stream));
        }
    }
}
