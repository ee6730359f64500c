package dev.tidegate.workbench.connection;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds by what to know a server with TLS: the server of the home by the certificate that it says
 * to present, others by the authorities that the command line names, or by those of this Java where
 * it only names a certificate to show. Without any a connection is plain.
 *
 * @param authorities PEM file with certificates
 * @param shown to a server that asks for it
 */
public record TrustFinder(
        Optional<Path> authorities, Optional<ClientCertificate> shown, Path home) {

    /** Types of names in a certificate, RFC 5280 section 4.2.1.6: DNS and address. */
    private static final Set<Integer> SERVER_NAMES = Set.of(2, 7);

    public Optional<ServerTrust> find(ServerAddress server) {
        return ServerFile.certificate(home, server)
                .map(file -> new ServerTrust(trusting(file), name(file)))
                .or(
                        () ->
                                authorities.map(
                                        file -> new ServerTrust(trusting(file), Optional.empty())))
                .or(
                        () ->
                                shown.map(
                                        certificate ->
                                                new ServerTrust(
                                                        proving(TlsChannelCredentials.newBuilder()),
                                                        Optional.empty())));
    }

    private ChannelCredentials trusting(Path file) {
        first(file);
        return proving(TlsChannelCredentials.newBuilder().trustManager(new FileTrust(file)));
    }

    private ChannelCredentials proving(TlsChannelCredentials.Builder credentials) {
        shown.ifPresent(
                mine -> {
                    first(mine.certificate());
                    try {
                        credentials.keyManager(mine.certificate().toFile(), mine.key().toFile());
                    } catch (IOException e) {
                        throw new UncheckedIOException("The key cannot be read: " + mine.key(), e);
                    }
                });
        return credentials.build();
    }

    /** Returns the first name that a connection can be held to: a DNS name or an address. */
    private static Optional<String> name(Path file) {
        try {
            Collection<List<?>> names = first(file).getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(name -> SERVER_NAMES.contains(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .findFirst();
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "Expected a certificate with names in '" + file + "'", e);
        }
    }

    private static X509Certificate first(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Certificates cannot be read: " + file, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("Expected PEM certificates in '" + file + "'", e);
        }
    }
}
