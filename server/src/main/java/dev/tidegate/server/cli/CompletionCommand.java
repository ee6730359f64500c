package dev.tidegate.server.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate completion}: a script that lets a shell complete the commands. */
@Command(
        name = "completion",
        description = "Prints a completion script for a shell.",
        footer = {"", "Example:", "  source <(tidegate completion bash)"})
public final class CompletionCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            description = "bash or zsh; there is none for other shells, such as fish.")
    private Shell shell;

    /** Shells that a script can be written for. */
    enum Shell {
        BASH,
        ZSH
    }

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        // One script serves both: in zsh it loads the emulation of bash's completion by itself.
        String script = AutoComplete.bash(spec.root().name(), program);
        spec.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            case BASH, ZSH -> script;
                        });
        spec.commandLine().getOut().flush();
    }
}
