package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What new connections of both ports are opened with.
 *
 * <p>A context remembers sessions, which clients resume without showing their certificate again. So
 * other authorities of clients get a new context, and every client is looked at once more.
 */
final class TlsContexts {
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final CurrentSslContext grpc;
    private List<X509Certificate> authorities;
    private volatile SslContext http;

    TlsContexts(TlsCredentials credentials) {
        present(credentials);
        authorities = credentials.clientAuthorities();
        http = httpContext(trust());
        grpc = new CurrentSslContext(grpcContext(trust()));
    }

    void change(TlsCredentials credentials) {
        present(credentials);
        if (!authorities.equals(credentials.clientAuthorities())) {
            authorities = credentials.clientAuthorities();
            http = httpContext(trust());
            grpc.change(grpcContext(trust()));
        }
    }

    private void present(TlsCredentials credentials) {
        keys.updateIdentityCredentials(
                credentials.chain().toArray(X509Certificate[]::new), credentials.key());
    }

    /** Returns whom to let in; null for everybody. */
    private @Nullable ClientTrust trust() {
        return authorities.isEmpty() ? null : new ClientTrust(authorities);
    }

    SslContext http() {
        return http;
    }

    ServerCredentials grpc() {
        return NettySslContextServerCredentials.create(grpc);
    }

    private SslContext httpContext(@Nullable ClientTrust clients) {
        SslContextBuilder context = SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK);
        if (clients != null) {
            context.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return context.build();
        } catch (SSLException e) {
            throw unusable("HTTP", e);
        }
    }

    private io.grpc.netty.shaded.io.netty.handler.ssl.SslContext grpcContext(
            @Nullable ClientTrust clients) {
        var context =
                GrpcSslContexts.configure(
                        io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder.forServer(
                                keys));
        if (clients != null) {
            context.trustManager(clients)
                    .clientAuth(io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth.REQUIRE);
        }
        try {
            return context.build();
        } catch (SSLException e) {
            throw unusable("gRPC", e);
        }
    }

    private static TidegateException unusable(String port, SSLException failure) {
        return TidegateException.invalid(
                "the certificate cannot be used for %s: %s".formatted(port, failure.getMessage()));
    }
}
