package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.netty.handler.ssl.SslContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
    private volatile @Nullable TlsContexts contexts;
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
        TlsContexts known = contexts;
        return known == null ? InsecureServerCredentials.create() : known.grpc();
    }

    /** Returns what a new connection of the HTTP port is opened with; empty when it is plain. */
    public Optional<SslContext> http() {
        return Optional.ofNullable(contexts).map(TlsContexts::http);
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
        TlsContexts known = contexts;
        if (known == null) {
            contexts = new TlsContexts(credentials);
        } else {
            known.change(credentials);
        }
        taken = files;
        certificate = credentials.certificate();
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
