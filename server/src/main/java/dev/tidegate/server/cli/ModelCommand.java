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
            description = {
                "Registers a version: an ONNX file, or a model that another server of the Open Inference Protocol runs.",
                "The file is stored and checked. The other server is asked whether its model is ready, and what it takes."
            },
            footer = {
                "",
                "Example:",
                "  tidegate model register churn churn-2/model.onnx --signature churn-2/signature.json --alias champion",
                "  tidegate model register churn --remote grpc://10.0.0.7:8001,grpc://10.0.0.8:8001 --remote-model churn"
            })
    int register(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "The ONNX file; none for a version that runs elsewhere.")
                    @Nullable Path file,
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
                                    "JSON file with columns, inputs and outputs; taken from the graph, or from the other server, if not given.")
                    @Nullable Path signature,
            @Option(
                            names = "--settings",
                            paramLabel = "SETTINGS",
                            description =
                                    "YAML file with one line NAME: VALUE for each setting of how the version runs.")
                    @Nullable Path settings,
            @Mixin RemoteOptions remote,
            @Mixin ServerOptions server)
            throws StatusException, InterruptedException {
        String place = remote.place(file != null);
        if (file != null) {
            FileChunks.size(file);
        }
        String described = signature == null ? "" : content(signature);
        Map<String, String> set = settings == null ? Map.of() : SettingsFile.read(settings);
        List<String> names = aliases == null ? List.of() : aliases;
        try (ServerConnection connection = server.connect()) {
            GrpcModelGateway models = new GrpcModelGateway(connection);
            server.printer()
                    .print(
                            file == null
                                    ? models.registerRemote(
                                            name, version, names, described, set, place)
                                    : models.register(name, version, names, described, set, file));
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
                                    "intra-op-threads, instances, provider, optimization, max-batch, max-batch-delay or max-queue. Repeatable.")
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
