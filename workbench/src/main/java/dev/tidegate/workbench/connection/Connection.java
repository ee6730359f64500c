package dev.tidegate.workbench.connection;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;

/** The channel to one server, with the caller's key on every call. */
public final class Connection implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final ServerAddress address;
    private final ManagedChannel transport;
    private final Channel channel;

    private Connection(ServerAddress address, ManagedChannel transport, Optional<String> key) {
        this.address = address;
        this.transport = transport;
        this.channel =
                key.map(Connection::presenting)
                        .map(interceptor -> ClientInterceptors.intercept(transport, interceptor))
                        .orElse(transport);
    }

    /** Connects without encryption, as servers on loopback expect. */
    public static Connection open(ServerAddress address, Optional<String> key) {
        ManagedChannel transport =
                OkHttpChannelBuilder.forAddress(address.host(), address.port())
                        .usePlaintext()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .build();
        return new Connection(address, transport, key);
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
