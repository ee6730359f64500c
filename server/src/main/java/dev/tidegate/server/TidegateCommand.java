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
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code tidegate}: it only groups the others. */
@Command(
        name = "tidegate",
        description = "Serves machine-learning models and lets new versions in on evidence.",
        versionProvider = VersionLine.class,
        footer = {
            "",
            "Exit codes: 0 on success, 2 for wrong use, 1 for everything else.",
            "",
            "Example:",
            "  tidegate version"
        })
final class TidegateCommand {
    /** In the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", ServeCommand.class);
        COMMANDS.put("model", ModelCommand.class);
        COMMANDS.put("route", RouteCommand.class);
        COMMANDS.put("rollout", RolloutCommand.class);
        COMMANDS.put("predict", PredictCommand.class);
        COMMANDS.put("batch", BatchCommand.class);
        COMMANDS.put("train", TrainCommand.class);
        COMMANDS.put("log", LogCommand.class);
        COMMANDS.put("audit", AuditCommand.class);
        COMMANDS.put("key", KeyCommand.class);
        COMMANDS.put("benchmark", BenchmarkCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("demo-traffic", DemoTrafficCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
        COMMANDS.put("version", VersionCommand.class);
    }

    /** The command that writes of all others. */
    private static final String NEEDS_ALL = "completion";

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
        return commandLine(args).setOut(out).setErr(err).execute(args);
    }

    /**
     * Returns what runs these arguments. It knows the command that they name and no other: to know
     * all takes longer than most commands run. Whoever asks for help, or names none of them, gets
     * all.
     */
    static CommandLine commandLine(String... args) {
        CommandLine program = new CommandLine(new TidegateCommand());
        String first = args.length == 0 ? "" : args[0];
        if (COMMANDS.containsKey(first) && !NEEDS_ALL.equals(first)) {
            program.addSubcommand(first, COMMANDS.get(first));
        } else {
            COMMANDS.forEach(program::addSubcommand);
        }
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongUse())
                .setExecutionExceptionHandler(new CommandFailure());
    }
}
