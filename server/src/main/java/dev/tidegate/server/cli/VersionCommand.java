package dev.tidegate.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.platform.build.BuildVersion;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidegate version}: one JSON object with the version of this build. */
@Command(
        name = "version",
        description = "Prints the version of this program as JSON.",
        footer = {"", "Example:", "  tidegate version"})
public final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        spec.commandLine()
                .getOut()
                .println(
                        new ObjectMapper()
                                .writeValueAsString(
                                        Map.of("version", new BuildVersion().number())));
        return 0;
    }
}
