package dev.tidegate.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of each command that talks to a server. */
final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description =
                    "The server (default: the one of --home, $TIDEGATE_SERVER, the one of the usual home, 127.0.0.1:8001).")
    private @Nullable String server;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Home of a server on this machine: says where it listens and has the key, unless $TIDEGATE_TOKEN"
                            + " is one (default: $TIDEGATE_HOME, else ~/.tidegate).")
    private @Nullable Path home;

    @Option(
            names = "--output",
            defaultValue = "text",
            description = "text, or json for one document on stdout (default: text).")
    private OutputForm output;

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            converter = DurationConverter.class,
            paramLabel = "TIME",
            description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin private final TlsOptions tls = new TlsOptions();

    /** Asks the server and prints the answer. */
    int call(Function<ServerConnection, Document> work) {
        return call(work, DocumentText::of);
    }

    /** Asks the server and prints the answer, in text as the function writes it. */
    int call(Function<ServerConnection, Document> work, Function<Document, String> text) {
        try (ServerConnection connection = connect()) {
            printer().print(work.apply(connection), text);
            return ExitCode.OK;
        }
    }

    /** Opens a connection to the server that the options name now. */
    ServerConnection connect() {
        ServerLocator locator = new ServerLocator(server, home, System.getenv());
        ServerAddress address = locator.address();
        return ServerConnection.open(
                address,
                locator.key(address),
                timeout,
                tls.clientTls(locator.certificate(address), System.getenv()));
    }

    /** Returns whether the command line itself names a server. */
    boolean isNamed() {
        return server != null || home != null;
    }

    Printer printer() {
        return new Printer(command.commandLine().getOut(), command.commandLine().getErr(), output);
    }
}
