package dev.tidegate.server.cli;

import dev.tidegate.server.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tidegate}: it only groups the others. */
@Command(
        name = "tidegate",
        description = "Serves machine-learning models and lets new versions in on evidence.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        subcommands = {ServeCommand.class, TrainCommand.class, VersionCommand.class},
        footer = {"", "Example:", "  tidegate version"})
public final class TidegateCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Returns the exit code: 0 on success, 2 for wrong use, 1 for everything else. */
    public static int run(String... args) {
        return new CommandLine(new TidegateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
