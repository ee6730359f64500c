package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate route}: which version answers. */
@Command(
        name = "route",
        description =
                "Shows which version of a model answers, and sets what answers when that does not.",
        footer = {"", "Example:", "  tidegate route show churn"})
public final class RouteCommand {
    @Command(
            name = "show",
            description = "Shows the route of a model.",
            footer = {"", "Example:", "  tidegate route show churn --output json"})
    int show(
            @Parameters(paramLabel = "MODEL", description = "The model's name.") String model,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcRouteGateway(connection).show(model));
    }

    @Command(
            name = "set",
            description = {
                "Sets the fallback ladder of a model, in place of the one that it had: what answers when the champion does not.",
                "First the earlier version, then the rules or constants, then the request fails."
            },
            footer = {
                "",
                "Example:",
                "  tidegate route set churn --fallback-version v1 --fallback-rules churn.rules",
                "  tidegate route set churn --fallback-constant probability=0.5 --fallback-constant label='\"No\"'",
                "  tidegate route set churn --no-fallback"
            })
    int set(
            @Parameters(paramLabel = "MODEL", description = "The model's name.") String model,
            @Option(
                            names = "--fallback-version",
                            paramLabel = "V",
                            defaultValue = "",
                            description = "An earlier version, which is asked first.")
                    String version,
            @Option(
                            names = "--fallback-rules",
                            paramLabel = "FILE",
                            description =
                                    "A file with a line OUTPUT = EXPRESSION over named features for each output.")
                    @Nullable Path rules,
            @Option(
                            names = "--fallback-constant",
                            paramLabel = "OUTPUT=VALUE",
                            description = "A value for an output. Repeatable; instead of rules.")
                    @Nullable List<String> constants,
            @Option(names = "--no-fallback", description = "No ladder: the request fails.")
                    boolean none,
            @Mixin ServerOptions server) {
        String text = rules(rules, constants);
        if (none == !(version.isEmpty() && text.isEmpty())) {
            throw TidegateException.invalid(
                    none
                            ? "expected --no-fallback or rungs of a ladder, got both"
                            : "expected --fallback-version, --fallback-rules, --fallback-constant or --no-fallback, got none");
        }
        return server.call(
                connection -> new GrpcRouteGateway(connection).fallback(model, version, text));
    }

    private static String rules(@Nullable Path file, @Nullable List<String> constants) {
        if (file != null && constants != null) {
            throw TidegateException.invalid(
                    "expected --fallback-rules or --fallback-constant, got both");
        }
        if (constants != null) {
            return String.join("\n", constants);
        }
        return file == null ? "" : content(file);
    }

    private static String content(Path file) {
        FileChunks.size(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw TidegateException.invalid("%s cannot be read as text: %s".formatted(file, e));
        }
    }
}
