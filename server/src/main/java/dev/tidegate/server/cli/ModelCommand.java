package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate model}: what is registered. */
@Command(
        name = "model",
        description = "Registers model versions, shows them, and gives them names.",
        footer = {"", "Example:", "  tidegate model list"})
public final class ModelCommand {
    @Command(
            name = "register",
            description = "Stores an ONNX file, checks it and registers it as a version.",
            footer = {
                "",
                "Example:",
                "  tidegate model register churn churn-2/model.onnx --signature churn-2/signature.json --alias champion"
            })
    int register(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(paramLabel = "FILE", description = "The ONNX file.") Path file,
            @Option(
                            names = "--version",
                            paramLabel = "V",
                            defaultValue = "",
                            description = "The version's name; the next free number if not given.")
                    String version,
            @Option(
                            names = "--alias",
                            paramLabel = "ALIAS",
                            description =
                                    "A name to point at the version, such as champion. Repeatable.")
                    @Nullable List<String> aliases,
            @Option(
                            names = "--signature",
                            paramLabel = "SIGNATURE",
                            description =
                                    "JSON file with columns, inputs and outputs; taken from the graph if not given.")
                    @Nullable Path signature,
            @Option(
                            names = "--settings",
                            paramLabel = "SETTINGS",
                            description =
                                    "YAML file with one line NAME: VALUE for each setting of how the version runs.")
                    @Nullable Path settings,
            @Mixin ServerOptions server)
            throws StatusException, InterruptedException {
        FileChunks.size(file);
        String described = signature == null ? "" : content(signature);
        Map<String, String> set = settings == null ? Map.of() : SettingsFile.read(settings);
        try (ServerConnection connection = server.connect()) {
            server.printer()
                    .print(
                            new GrpcModelGateway(connection)
                                    .register(
                                            name,
                                            version,
                                            aliases == null ? List.of() : aliases,
                                            described,
                                            set,
                                            file));
            return ExitCode.OK;
        }
    }

    private static String content(Path file) {
        FileChunks.size(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw TidegateException.invalid("%s cannot be read as text: %s".formatted(file, e));
        }
    }

    @Command(
            name = "settings",
            description =
                    "Shows how a version runs, or changes it; no request fails meanwhile. Without a value, as in max-batch=, a setting is the server's default again.",
            footer = {
                "",
                "Example:",
                "  tidegate model settings churn v2 --set max-batch=64 --set intra-op-threads=2"
            })
    int settings(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Option(
                            names = "--set",
                            paramLabel = "SETTING=VALUE",
                            mapFallbackValue = "",
                            description =
                                    "intra-op-threads, instances, provider, optimization, max-batch or max-queue. Repeatable.")
                    @Nullable Map<String, String> changes,
            @Mixin ServerOptions server) {
        return server.call(
                connection ->
                        changes == null
                                ? new GrpcModelGateway(connection).settings(name, version)
                                : new GrpcModelGateway(connection)
                                        .changeSettings(name, version, changes));
    }

    @Command(
            name = "list",
            description = "Lists the models.",
            footer = {"", "Example:", "  tidegate model list --output json"})
    int list(@Mixin ServerOptions server) {
        return server.call(connection -> new GrpcModelGateway(connection).list());
    }

    @Command(
            name = "show",
            description = "Shows the versions of a model.",
            footer = {"", "Example:", "  tidegate model show churn"})
    int show(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcModelGateway(connection).show(name));
    }

    @Command(
            name = "alias",
            description = "Points a name at a version; champion is the version that answers.",
            footer = {"", "Example:", "  tidegate model alias churn champion v1"})
    int alias(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(paramLabel = "ALIAS", description = "The alias.") String alias,
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Mixin ServerOptions server) {
        return server.call(
                connection -> new GrpcModelGateway(connection).alias(name, alias, version));
    }

    @Command(
            name = "load",
            description = "Brings a version into memory.",
            footer = {"", "Example:", "  tidegate model load churn v2"})
    int load(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcModelGateway(connection).load(name, version));
    }

    @Command(
            name = "unload",
            description = "Takes a version out of memory.",
            footer = {"", "Example:", "  tidegate model unload churn v2"})
    int unload(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(paramLabel = "VERSION", description = "The version.") String version,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcModelGateway(connection).unload(name, version));
    }
}
