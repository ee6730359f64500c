package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the gRPC and HTTP ports.
 *
 * <p>The files are read at the start, where what cannot be used is refused, and looked at every
 * second. What changed is presented to new connections, and those that are there go on. Files that
 * cannot be used any more change nothing; the problem is logged once and told by {@link #problem}.
 */
@Singleton
public final class ServerTls implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long before its end a certificate is a problem that is told. */
    private static final Duration NOTICE = Duration.ofDays(7);

    private final TlsConfig config;
    private final Clock clock;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private @Nullable ClientTrust trust;
    private @Nullable TlsFiles taken;
    private @Nullable X509Certificate certificate;
    private @Nullable PeriodicTask task;
    private volatile Optional<String> problem = Optional.empty();

    public ServerTls(TlsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        if (config.isOn()) {
            take(TlsFiles.read(config));
        }
    }

    public boolean isOn() {
        return config.isOn();
    }

    /** Returns what the gRPC port is opened with. */
    public ServerCredentials grpc() {
        if (!isOn()) {
            return InsecureServerCredentials.create();
        }
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(keys);
        ClientTrust clients = trust;
        if (clients != null) {
            credentials.trustManager(clients).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
        }
        return credentials.build();
    }

    /** Returns what the HTTP port is opened with; empty when it is plain. */
    public Optional<SslContext> http() {
        if (!isOn()) {
            return Optional.empty();
        }
        SslContextBuilder context = SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK);
        ClientTrust clients = trust;
        if (clients != null) {
            context.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return Optional.of(context.build());
        } catch (SSLException e) {
            throw TidegateException.invalid(
                    "the certificate '%s' cannot be used for HTTP: %s"
                            .formatted(config.certificate(), e.getMessage()));
        }
    }

    @Override
    public int getOrder() {
        return FIRST_KEY - 1;
    }

    @Override
    public void start() {
        if (isOn()) {
            task = PeriodicTask.start("tls-files", LOOK, this::look);
        }
    }

    void look() {
        try {
            TlsFiles now = TlsFiles.read(config);
            if (!now.equals(taken)) {
                take(now);
                LOG.info("new connections get the certificate of {}", now.certificate().path());
            }
            problem = ending();
        } catch (TidegateException e) {
            tell(e.text());
        }
    }

    private Optional<String> ending() {
        return Optional.ofNullable(certificate)
                .map(shown -> shown.getNotAfter().toInstant())
                .filter(end -> end.minus(NOTICE).isBefore(clock.instant()))
                .map(
                        end ->
                                "the certificate '%s' is valid until %s"
                                        .formatted(config.certificate(), end));
    }

    private void tell(String text) {
        String whole = "the certificate stays as it was: " + text;
        if (!problem.equals(Optional.of(whole))) {
            LOG.warn("{}", whole);
        }
        problem = Optional.of(whole);
    }

    private void take(TlsFiles files) {
        TlsCredentials credentials = files.credentials(clock.instant());
        keys.updateIdentityCredentials(
                credentials.chain().toArray(X509Certificate[]::new), credentials.key());
        if (!credentials.clientAuthorities().isEmpty()) {
            admit(credentials);
        }
        taken = files;
        certificate = credentials.certificate();
    }

    private void admit(TlsCredentials credentials) {
        ClientTrust clients = trust;
        if (clients == null) {
            trust = new ClientTrust(credentials.clientAuthorities());
        } else {
            clients.change(credentials.clientAuthorities());
        }
    }

    /** Returns why the files as they are now are not used, or that their certificate ends soon. */
    public Optional<String> problem() {
        return problem;
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
