package dev.tidegate.server.platform.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the gRPC transport: one a processor, because fast versions run on them, and one
 * that accepts connections.
 */
@Singleton
public final class EventLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
    private static final String LEAK_DETECTION =
            "io.grpc.netty.shaded.io.netty.leakDetection.level";

    /** How long what is still running on them may take to end, in seconds. */
    private static final long PATIENCE = 2;

    private final EventLoopGroup accepting;
    private final EventLoopGroup serving;
    private final Class<? extends ServerChannel> channel;
    private final ThreadLocal<Optional<Executor>> own = ThreadLocal.withInitial(this::find);

    EventLoops() {
        // Netty takes a stack trace for one buffer in a hundred: 2 % of the processor time.
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (Epoll.isAvailable()) {
            accepting = new EpollEventLoopGroup(1, threads("grpc-accept"));
            serving = new EpollEventLoopGroup(processors, threads("grpc-loop"));
            channel = EpollServerSocketChannel.class;
        } else {
            accepting = new NioEventLoopGroup(1, threads("grpc-accept"));
            serving = new NioEventLoopGroup(processors, threads("grpc-loop"));
            channel = NioServerSocketChannel.class;
        }
    }

    /** Daemons: a start that fails half-way does not keep the process alive. */
    private static ThreadFactory threads(String name) {
        return new DefaultThreadFactory(name, true);
    }

    NettyServerBuilder serve(NettyServerBuilder builder) {
        return builder.channelType(channel)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(serving);
    }

    /** Returns the event loop on whose thread this is; null on any other thread. */
    public @Nullable Executor current() {
        return own.get().orElse(null);
    }

    private Optional<Executor> find() {
        for (var loop : serving) {
            if (loop.inEventLoop()) {
                return Optional.of(loop);
            }
        }
        return Optional.empty();
    }

    @Override
    @PreDestroy
    public void close() {
        end(accepting);
        end(serving);
    }

    private static void end(EventLoopGroup group) {
        if (!group.shutdownGracefully(0, PATIENCE, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * PATIENCE, TimeUnit.SECONDS)) {
            LOG.warn("threads of the gRPC transport have not ended after {} s", 2 * PATIENCE);
        }
    }
}
