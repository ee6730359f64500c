package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.micronaut.http.ssl.CertificateProvider;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The certificate of the gRPC and HTTP ports.
 *
 * <p>The files are read at the start, where what cannot be used is refused, and looked at every
 * second. What changed is presented to new connections, and those that are there go on. Files that
 * cannot be used any more change nothing; the problem is logged once and told by {@link #problem}.
 */
@Singleton
@Named(ServerTls.NAME)
public final class ServerTls implements CertificateProvider, Startup, AutoCloseable {
    /** By which the HTTP server's settings name this certificate. */
    public static final String NAME = "tidegate";

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long before its end a certificate is a problem that is told. */
    private static final Duration NOTICE = Duration.ofDays(7);

    private final TlsConfig config;
    private final Clock clock;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final Sinks.Many<KeyStore> keyStores = Sinks.many().replay().latest();
    private final Sinks.Many<KeyStore> trustStores = Sinks.many().replay().latest();
    private @Nullable ClientTrust trust;
    private @Nullable TlsFiles taken;
    private @Nullable X509Certificate certificate;
    private @Nullable PeriodicTask task;
    private volatile Optional<String> problem = Optional.empty();

    ServerTls(TlsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        if (config.isOn()) {
            take(TlsFiles.read(config));
        }
    }

    public boolean isOn() {
        return config.isOn();
    }

    /** Returns whether clients must show a certificate. */
    public boolean asksClients() {
        return trust != null;
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
        keyStores.tryEmitNext(KeyStores.of(credentials)).orThrow();
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
        trustStores.tryEmitNext(ClientTrust.store(credentials.clientAuthorities())).orThrow();
    }

    /** Returns why the files as they are now are not used, or that their certificate ends soon. */
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return keyStores.asFlux();
    }

    @Override
    public Publisher<KeyStore> getTrustStore() {
        return trustStores.asFlux();
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
