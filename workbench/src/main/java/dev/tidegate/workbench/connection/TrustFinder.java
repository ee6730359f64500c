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

/**
 * Finds by what to know a server with TLS: the server of the home by the certificate that it says
 * to present, others by the authorities that the command line names. Without either a connection is
 * plain.
 *
 * @param authorities PEM file with certificates
 */
public record TrustFinder(Optional<Path> authorities, Path home) {

    public Optional<ServerTrust> find(ServerAddress server) {
        return ServerFile.certificate(home, server)
                .map(file -> new ServerTrust(trusting(file), name(file)))
                .or(
                        () ->
                                authorities.map(
                                        file -> new ServerTrust(trusting(file), Optional.empty())));
    }

    private static ChannelCredentials trusting(Path file) {
        first(file);
        try {
            return TlsChannelCredentials.newBuilder().trustManager(file.toFile()).build();
        } catch (IOException e) {
            throw new UncheckedIOException("Certificates cannot be read: " + file, e);
        }
    }

    private static Optional<String> name(Path file) {
        try {
            Collection<List<?>> names = first(file).getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream().map(name -> String.valueOf(name.get(1))).findFirst();
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
