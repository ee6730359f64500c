package dev.tidegate.workbench.connection;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The channel to one server, with the caller's key on every call.
 *
 * <p>A server that says nothing is noticed: the transport is asked for a sign of life while calls
 * are open, and a call with one answer is given up after {@link UnaryDeadline#LIMIT}.
 */
public final class Connection implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    /** Silence after which the transport asks for a sign of life; servers permit 5 s and more. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    /** How long the sign of life may take before the transport is given up for a new one. */
    private static final Duration KEEP_ALIVE_LIMIT = Duration.ofSeconds(5);

    private final ServerAddress address;
    private final ManagedChannel transport;
    private final Channel channel;

    private Connection(ServerAddress address, ManagedChannel transport, Optional<String> key) {
        this.address = address;
        this.transport = transport;
        Channel limited =
                ClientInterceptors.intercept(transport, new UnaryDeadline(UnaryDeadline.LIMIT));
        this.channel =
                key.map(Connection::presenting)
                        .map(interceptor -> ClientInterceptors.intercept(limited, interceptor))
                        .orElse(limited);
    }

    /** Connects without encryption, as servers on loopback expect. */
    public static Connection open(ServerAddress address, Optional<String> key) {
        return open(address, key, Optional.empty());
    }

    /** Connects with TLS to a server that is known by something, plain otherwise. */
    public static Connection open(
            ServerAddress address, Optional<String> key, Optional<ServerTrust> trust) {
        OkHttpChannelBuilder builder =
                OkHttpChannelBuilder.forAddress(
                                address.host(),
                                address.port(),
                                trust.map(ServerTrust::credentials)
                                        .orElseGet(InsecureChannelCredentials::create))
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                        .keepAliveTimeout(KEEP_ALIVE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        trust.flatMap(ServerTrust::authority).ifPresent(builder::overrideAuthority);
        return new Connection(address, builder.build(), key);
    }

    private static ClientInterceptor presenting(String key) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    public ServerAddress address() {
        return address;
    }

    public Channel channel() {
        return channel;
    }

    /** Makes the next call try to connect now, whatever the transport's own wait says. */
    public void reconnectNow() {
        transport.resetConnectBackoff();
    }

    @Override
    public void close() {
        transport.shutdownNow();
    }
}
