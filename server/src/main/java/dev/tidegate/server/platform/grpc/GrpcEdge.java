package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.platform.tls.ServerTls;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC server: every service, one list of interceptors, health and reflection.
 *
 * <p>Shutdown: health says NOT_SERVING, streams end with UNAVAILABLE, unary calls finish, and after
 * the grace time what is left is ended.
 */
@Singleton
public final class GrpcEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcEdge.class);

    private final EdgeConfig config;
    private final List<BindableService> services;
    private final List<EdgeInterceptor> interceptors;
    private final ServerStream streams;
    private final ServerTls tls;
    private final EventLoops loops;
    private final HealthStatusManager health = new HealthStatusManager();
    private @Nullable Server server;
    private volatile boolean serving;

    GrpcEdge(
            EdgeConfig config,
            List<BindableService> services,
            List<EdgeInterceptor> interceptors,
            ServerStream streams,
            ServerTls tls,
            EventLoops loops) {
        this.config = config;
        this.services = services;
        this.interceptors = new ArrayList<>(interceptors);
        this.streams = streams;
        this.tls = tls;
        this.loops = loops;
        Collections.reverse(this.interceptors);
    }

    /** Listens, on a free port for 0; returns the port that it got. */
    public int start(int port) {
        config.checkBind(tls.isOn());
        InetSocketAddress address = new InetSocketAddress(config.address(), port);
        NettyServerBuilder builder =
                loops.serve(NettyServerBuilder.forAddress(address, tls.grpc()))
                        .directExecutor()
                        .maxInboundMessageSize(config.maxMessageBytes())
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true);
        services.forEach(service -> builder.addService(intercepted(service)));
        builder.addService(health.getHealthService());
        builder.addService(ProtoReflectionServiceV1.newInstance());
        try {
            Server started = builder.build().start();
            server = started;
            return started.getPort();
        } catch (IOException e) {
            throw TidegateException.invalid(
                    "gRPC cannot listen on "
                            + config.bind()
                            + ":"
                            + port
                            + ": "
                            + rootMessage(e)
                            + "; choose another --grpc-port, 0 picks a free one");
        }
    }

    private io.grpc.ServerServiceDefinition intercepted(BindableService service) {
        return ServerInterceptors.intercept(service.bindService(), interceptors);
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Says to load balancers whether this server wants traffic. */
    public void serving(boolean wants) {
        serving = wants;
        health.setStatus("", wants ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    /** Returns whether this server wants traffic. */
    public boolean isServing() {
        return serving;
    }

    @Override
    public void close() {
        serving = false;
        Server running = server;
        if (running == null) {
            return;
        }
        health.enterTerminalState();
        streams.drain();
        running.shutdown();
        try {
            if (!running.awaitTermination(config.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "calls were still running after {}; ending them",
                        ReadableTime.of(config.grace()));
                running.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
        server = null;
    }
}
