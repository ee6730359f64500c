package dev.tidegate.server.cli;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A channel to one server, with the caller's key and a time limit on each plain call. */
public final class ServerConnection implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** Larger than the largest answer of a server with default settings. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    /** How often a silent server is asked for a sign of life, and how long it may take. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final ManagedChannel channel;

    private ServerConnection(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Opens a plain connection; whether the server answers shows at the first call. */
    public static ServerConnection open(
            ServerAddress address, Optional<String> key, Duration timeout) {
        return open(address, key, timeout, Optional.empty());
    }

    /** Opens a connection, plain unless TLS is given. */
    static ServerConnection open(
            ServerAddress address,
            Optional<String> key,
            Duration timeout,
            Optional<ClientTls> tls) {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(
                                address.host(),
                                address.port(),
                                tls.map(ClientTls::credentials)
                                        .orElseGet(InsecureChannelCredentials::create))
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .intercept(new TimeLimit(timeout));
        tls.flatMap(ClientTls::authority).ifPresent(builder::overrideAuthority);
        key.ifPresent(secret -> builder.intercept(credentials(secret)));
        return new ServerConnection(builder.build());
    }

    private static ClientInterceptor credentials(String secret) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + secret);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    /** Returns what stubs are made on. */
    public Channel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Streams last as long as they last. */
    private record TimeLimit(Duration limit) implements ClientInterceptor {
        @Override
        public <Q, P> ClientCall<Q, P> interceptCall(
                MethodDescriptor<Q, P> method, CallOptions options, Channel next) {
            return next.newCall(
                    method,
                    method.getType() == MethodType.UNARY && options.getDeadline() == null
                            ? options.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                            : options);
        }
    }
}
