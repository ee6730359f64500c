package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Runs the server. Without --database it starts its own PostgreSQL in its home.",
            "When it takes calls it prints one line of JSON: ready, http, grpc, management, version."
        },
        footer = {
            "",
            "Example:",
            "  tidegate serve --home ./demo --http-port 0 --grpc-port 0 --management-port 0"
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${TIDEGATE_HOME:-${sys:user.home}/.tidegate}",
            description = "Directory of this server (default: $TIDEGATE_HOME, else ~/.tidegate).")
    private Path home = Path.of(".");

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description = "HTTP port, 0 picks a free one (default: 8000).")
    private @Nullable Integer httpPort;

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "gRPC port, 0 picks a free one (default: 8001).")
    private @Nullable Integer grpcPort;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Management port, 0 picks a free one (default: 8002).")
    private @Nullable Integer managementPort;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "JDBC URL of an own PostgreSQL 18, with user and password in it or in the configuration.")
    private @Nullable String database;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with settings below 'tidegate:'.")
    private @Nullable Path config;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description =
                    "Directory with MODEL/VERSION/model.onnx, as Triton has it; what is not registered yet is.")
    private @Nullable Path modelRepository;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: 127.0.0.1).")
    private @Nullable String bind;

    @Option(names = "--insecure", description = "Permits to listen beyond loopback without TLS.")
    private boolean insecure;

    @Mixin private final TlsFlags tls = new TlsFlags();

    @Override
    public Integer call() {
        ServeFlags flags =
                new ServeFlags(
                        home,
                        httpPort,
                        grpcPort,
                        managementPort,
                        database,
                        config,
                        modelRepository,
                        bind,
                        insecure,
                        tls);
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags, stop)) {
            spec.commandLine().getOut().println(server.readyLine());
            spec.commandLine().getOut().flush();
            stop.await();
            return 0;
        } catch (TidegateException e) {
            spec.commandLine().getErr().println("tidegate serve: " + e.text());
            return 1;
        }
    }
}
