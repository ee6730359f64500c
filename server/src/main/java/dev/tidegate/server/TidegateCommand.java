package dev.tidegate.server;

import dev.tidegate.server.benchmark.BenchmarkCommand;
import dev.tidegate.server.cli.AuditCommand;
import dev.tidegate.server.cli.BatchCommand;
import dev.tidegate.server.cli.CommandFailure;
import dev.tidegate.server.cli.CompletionCommand;
import dev.tidegate.server.cli.KeyCommand;
import dev.tidegate.server.cli.LogCommand;
import dev.tidegate.server.cli.ModelCommand;
import dev.tidegate.server.cli.PredictCommand;
import dev.tidegate.server.cli.RolloutCommand;
import dev.tidegate.server.cli.RouteCommand;
import dev.tidegate.server.cli.TrainCommand;
import dev.tidegate.server.cli.VersionCommand;
import dev.tidegate.server.cli.VersionLine;
import dev.tidegate.server.cli.WrongUse;
import dev.tidegate.server.demo.DemoCommand;
import dev.tidegate.server.demo.DemoTrafficCommand;
import dev.tidegate.server.serve.ServeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code tidegate}: it only groups the others. */
@Command(
        name = "tidegate",
        description = "Serves machine-learning models and lets new versions in on evidence.",
        versionProvider = VersionLine.class,
        subcommands = {
            ServeCommand.class,
            ModelCommand.class,
            RouteCommand.class,
            RolloutCommand.class,
            PredictCommand.class,
            BatchCommand.class,
            TrainCommand.class,
            LogCommand.class,
            AuditCommand.class,
            KeyCommand.class,
            BenchmarkCommand.class,
            DemoCommand.class,
            DemoTrafficCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 on success, 2 for wrong use, 1 for everything else.",
            "",
            "Example:",
            "  tidegate version"
        })
final class TidegateCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help and exits.")
    boolean helpRequested;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version of this program and exits.")
    boolean versionRequested;

    private TidegateCommand() {}

    /** Returns the exit code: 0 on success, 2 for wrong use, 1 for everything else. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new TidegateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongUse())
                .setExecutionExceptionHandler(new CommandFailure());
    }
}
