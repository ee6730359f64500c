package dev.tidegate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate audit}: the chain of everything that changed. */
@Command(
        name = "audit",
        description = "Checks the audit trail and shows it.",
        footer = {"", "Example:", "  tidegate audit verify"})
public final class AuditCommand {
    @Command(
            name = "verify",
            description =
                    "Checks each event's hash from the first to the newest; fails when one does not fit.",
            footer = {"", "Example:", "  tidegate audit verify --output json"})
    int verify(@Mixin ServerOptions server) {
        try (ServerConnection connection = server.connect()) {
            Document result = new GrpcAuditGateway(connection).verify();
            server.printer().print(result);
            return result.flag("valid") ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Command(
            name = "list",
            description = "Lists events, newest first.",
            footer = {"", "Example:", "  tidegate audit list --limit 20"})
    int list(
            @Option(
                            names = "--subject",
                            defaultValue = "",
                            description =
                                    "Only events of this subject and of what lies below it, such as model/churn.")
                    String subject,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            paramLabel = "N",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcAuditGateway(connection).list(subject, limit));
    }
}
