package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.platform.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 server of the data plane.
 *
 * <p>Shutdown: every answer says {@code Connection: close} while the port still listens, so that a
 * request which is on its way is answered; after the linger time the port closes, and after as much
 * again, for those who had just connected, idle connections do; calls at work finish, and after the
 * grace time what is left is ended.
 */
@Singleton
public final class HttpEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 1024;

    private static final int CHUNK_BYTES = 1 << 16;

    private static final String FULL =
            String.join(
                    "\r\n",
                    "HTTP/1.1 503 Service Unavailable",
                    "connection: close",
                    "retry-after: 1",
                    "content-type: application/json",
                    "content-length: 53",
                    "",
                    "{\"error\":\"too many clients are connected; try again\"}");

    private final EdgeConfig edge;
    private final ServerTls tls;
    private final HttpConfig config;
    private final HttpRouter router;
    private final MonotonicClock clock;
    private final OpenConnections connections;
    private final CrossOrigin crossOrigin;
    private final HttpAnswer answers;
    private final BodyBudget bodies;
    private final AtomicBoolean full = new AtomicBoolean();
    private volatile boolean draining;
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private @Nullable Channel listener;

    HttpEdge(
            EdgeConfig edge,
            ServerTls tls,
            HttpConfig config,
            HttpRouter router,
            MonotonicClock clock) {
        this.edge = edge;
        this.tls = tls;
        this.config = config;
        this.router = router;
        this.clock = clock;
        this.connections = new OpenConnections(config.maxConnections());
        this.crossOrigin = new CrossOrigin(config.allowedOrigins());
        this.answers = new HttpAnswer(config.compressFrom(), crossOrigin);
        this.bodies = new BodyBudget(config.waitingBytes(maxBody()));
    }

    /** Listens, on a free port for 0; returns the port that it got. */
    public int start(int port) {
        edge.checkBind(tls.isOn());
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().name("http-", 0).daemon().factory(),
                        NioIoHandler.newFactory());
        loops = group;
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(connectionSetUp())
                        .bind(edge.bind(), port)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw TidegateException.invalid(
                    "HTTP cannot listen on %s:%d: %s; choose another --http-port, 0 picks a free one"
                            .formatted(edge.bind(), port, bound.cause().getMessage()));
        }
        listener = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private ChannelInitializer<Channel> connectionSetUp() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                Optional<SslContext> secure = tls.http();
                HeadGate gate = new HeadGate(router, crossOrigin, maxBody());
                BodyReader reader = new BodyReader(maxBody(), bodies);
                ConnectionClock times =
                        new ConnectionClock(
                                clock,
                                config.requestTimeout(),
                                config.idleTimeout(),
                                config.writeTimeout());
                HttpConnection connection =
                        new HttpConnection(router, gate, reader, times, answers, () -> draining);
                if (!connections.add(connection)) {
                    turnAway(channel, secure.isPresent());
                    return;
                }
                full.set(false);
                channel.closeFuture().addListener(closed -> connections.remove(connection));
                secure.ifPresent(
                        context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                channel.pipeline()
                        .addLast(
                                times,
                                new HttpServerCodec(
                                        new HttpDecoderConfig().setMaxChunkSize(CHUNK_BYTES)),
                                gate,
                                new HttpContentDecompressor(true, 0),
                                reader,
                                connection);
            }
        };
    }

    /**
     * Says to a client too many, where it can be said before a handshake, that there is no room.
     */
    private void turnAway(Channel channel, boolean secure) {
        if (full.compareAndSet(false, true)) {
            LOG.warn(
                    "clients are turned away: {} are connected, the most that may (tidegate.http.max-connections)",
                    config.maxConnections());
        }
        ByteBuf words =
                secure
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII);
        channel.writeAndFlush(words).addListener(ChannelFutureListener.CLOSE);
    }

    private int maxBody() {
        return config.maxBodyBytes() == 0 ? edge.maxMessageBytes() : config.maxBodyBytes();
    }

    /** Tells clients from now on to go elsewhere, while each is still answered. */
    public void drain() {
        draining = true;
    }

    /** What was accepted before the port closed is among the connections afterwards. */
    private static void awaitAccepted(MultiThreadIoEventLoopGroup loops) {
        loops.forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
    }

    @Override
    public void close() {
        drain();
        MultiThreadIoEventLoopGroup running = loops;
        Channel listening = listener;
        if (running == null || listening == null) {
            return;
        }
        try {
            connections.awaitNone(config.linger());
            listening.close().awaitUninterruptibly();
            awaitAccepted(running);
            connections.awaitNone(config.linger());
            connections.all().forEach(HttpConnection::closeWhenIdle);
            if (connections.awaitNone(edge.grace()) > 0) {
                LOG.warn(
                        "HTTP requests were still running after {}; ending them",
                        ReadableTime.of(edge.grace()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.all().forEach(HttpConnection::close);
        router.close();
        running.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loops = null;
        listener = null;
    }
}
