package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a PEM file at one moment.
 *
 * @param setting that names the file
 */
public record PemFile(String setting, Path path, String content) {
    private static final Set<Integer> SERVER_NAMES = Set.of(2, 7);

    /** Reads it whole; one that cannot be read is refused by its name. */
    public static PemFile read(String setting, String file) {
        Path path = Path.of(file).toAbsolutePath();
        try {
            return new PemFile(setting, path, Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw TidegateException.invalid(
                    "%s '%s' cannot be read: %s".formatted(setting, path, e));
        }
    }

    /** Returns its certificates, at least one. */
    public List<X509Certificate> certificates() {
        try {
            List<X509Certificate> found = List.of(CertificateUtils.getX509Certificates(stream()));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw refused("is no certificate (%s)".formatted(e.getMessage()));
        }
        throw refused("has no certificate in it");
    }

    /**
     * Returns the first of the certificate's names that a connection can be held to: a DNS name or
     * an address (RFC 5280 section 4.2.1.6, types 2 and 7).
     */
    public static Optional<String> serverName(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(name -> SERVER_NAMES.contains(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private TidegateException refused(String why) {
        return TidegateException.invalid(
                "%s '%s' %s; expected PEM with BEGIN CERTIFICATE".formatted(setting, path, why));
    }

    /** Returns its key, RSA or EC. */
    public PrivateKey key() {
        try {
            return CertificateUtils.getPrivateKey(stream());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw TidegateException.invalid(
                    "%s '%s' has no usable key in it (%s); expected PEM with BEGIN PRIVATE KEY, RSA or EC; 'openssl pkcs8 -topk8 -nodes -in OLD -out NEW' makes it of others"
                            .formatted(setting, path, e.getMessage()));
        }
    }

    /** Returns what may stand in a log: the content may be a key. */
    @Override
    public String toString() {
        return "%s '%s'".formatted(setting, path);
    }

    private ByteArrayInputStream stream() {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));
    }
}
