package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of one TLS setting as they were when they were read; equal when nothing changed. */
record TlsFiles(PemFile certificate, PemFile key, @Nullable PemFile clientCa) {
    private static final byte[] PROBE = {'t', 'i', 'd', 'e'};

    static TlsFiles read(TlsConfig config) {
        String clients = config.clientCa();
        return new TlsFiles(
                PemFile.read(
                        "tidegate.tls.certificate", Objects.requireNonNull(config.certificate())),
                PemFile.read("tidegate.tls.key", Objects.requireNonNull(config.key())),
                clients == null ? null : PemFile.read("tidegate.tls.client-ca", clients));
    }

    /**
     * Refuses what clients would refuse: a key that does not fit, a certificate out of its time.
     */
    TlsCredentials credentials(Instant now) {
        List<X509Certificate> chain = certificate.certificates();
        requireTime(certificate, chain.getFirst(), now);
        PrivateKey secret = key.key();
        requireFit(chain.getFirst(), secret);
        return new TlsCredentials(chain, secret, authorities());
    }

    private List<X509Certificate> authorities() {
        return clientCa == null ? List.of() : clientCa.certificates();
    }

    private static void requireTime(PemFile file, X509Certificate first, Instant now) {
        Instant from = first.getNotBefore().toInstant();
        Instant until = first.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw TidegateException.invalid(
                    "%s '%s' is valid from %s to %s and it is %s now; expected a certificate that is valid"
                            .formatted(file.setting(), file.path(), from, until, now));
        }
    }

    private void requireFit(X509Certificate first, PrivateKey secret) {
        try {
            if (first.getPublicKey().getAlgorithm().equals(secret.getAlgorithm())
                    && signs(first, secret)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw unfit(e.getMessage());
        }
        throw unfit("it is the key of another");
    }

    private static boolean signs(X509Certificate first, PrivateKey secret)
            throws GeneralSecurityException {
        String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(PROBE);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(first.getPublicKey());
        verifying.update(PROBE);
        return verifying.verify(signing.sign());
    }

    private TidegateException unfit(@Nullable String why) {
        return TidegateException.invalid(
                "%s '%s' does not fit the certificate '%s': %s"
                        .formatted(key.setting(), key.path(), certificate.path(), why));
    }
}
