package dev.tidegate.workbench;

import com.google.protobuf.Timestamp;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real gRPC server on a free loopback port, with services that a test wrote. */
public final class ScriptedServer implements AutoCloseable {
    private final Server server;

    public ScriptedServer(int port, List<ServerServiceDefinition> services) {
        var builder =
                OkHttpServerBuilder.forPort(port, InsecureServerCredentials.create())
                        .permitKeepAliveTime(5, TimeUnit.SECONDS);
        services.forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("The test's server cannot listen on port " + port, e);
        }
    }

    public int port() {
        return server.getPort();
    }

    public static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    /** Closes all connections; the port is free again afterwards. */
    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
