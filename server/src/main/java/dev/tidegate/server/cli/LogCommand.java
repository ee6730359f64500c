package dev.tidegate.server.cli;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate log}: what was asked and answered. */
@Command(
        name = "log",
        description = "Looks into the prediction log.",
        footer = {"", "Example:", "  tidegate log count --model churn"})
public final class LogCommand {
    @Command(
            name = "show",
            description = "Shows what was asked in one request, and which version answered.",
            footer = {"", "Example:", "  tidegate log show 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42"})
    int show(
            @Parameters(
                            paramLabel = "REQUEST-ID",
                            description = "The server's id of the request, or the client's own.")
                    String requestId,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcLogGateway(connection).show(requestId));
    }

    @Command(
            name = "count",
            description = "Counts the logged requests.",
            footer = {"", "Example:", "  tidegate log count --model churn --since 10m"})
    int count(
            @Option(
                            names = "--model",
                            paramLabel = "M",
                            defaultValue = "",
                            description = "Only of this model.")
                    String model,
            @Option(
                            names = "--since",
                            paramLabel = "T",
                            converter = InstantConverter.class,
                            description =
                                    "Only from then on: a time such as 2026-01-31T08:00:00Z, or how long ago, such as 10m.")
                    @Nullable Instant since,
            @Mixin ServerOptions server) {
        return server.call(
                connection ->
                        new GrpcLogGateway(connection).count(model, Optional.ofNullable(since)));
    }

    @Command(
            name = "settings",
            description =
                    "Shows what is kept of a model's requests, or changes it from now on: which fields are redacted, and of which share of the requests the messages are kept. Evidence and counts are of all requests.",
            footer = {
                "",
                "Example:",
                "  tidegate log settings churn --redact tenure --redact tidegate_unit --sample 10%"
            })
    int settings(
            @Parameters(paramLabel = "MODEL", description = "The model's name.") String model,
            @Mixin LogChange change,
            @Mixin ServerOptions server) {
        return server.call(
                connection ->
                        change.isNone()
                                ? new GrpcLogGateway(connection).settings(model)
                                : new GrpcLogGateway(connection).changeSettings(model, change));
    }
}
