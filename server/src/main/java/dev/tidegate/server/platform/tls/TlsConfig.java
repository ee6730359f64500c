package dev.tidegate.server.platform.tls;

import dev.tidegate.server.platform.error.TidegateException;
import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the gRPC and HTTP ports; without a certificate they are plain.
 *
 * @param certificate PEM file with the server's certificate, and after it those that lead to its
 *     authority
 * @param key PEM file with the certificate's private key, PKCS #8 and not encrypted
 * @param clientCa PEM file with the authorities whose clients may connect; without it every client
 *     may
 */
@ConfigurationProperties("tidegate.tls")
public record TlsConfig(
        @Nullable String certificate, @Nullable String key, @Nullable String clientCa) {

    /** Returns whether the ports speak TLS; refuses half a setting. */
    public boolean isOn() {
        if ((certificate == null) != (key == null)) {
            throw TidegateException.invalid(
                    "tidegate.tls has certificate '%s' and key '%s'; expected both (--tls-cert and --tls-key), or none"
                            .formatted(said(certificate), said(key)));
        }
        if (certificate == null && clientCa != null) {
            throw TidegateException.invalid(
                    "tidegate.tls.client-ca is '%s' but there is no certificate; expected --tls-cert and --tls-key with --tls-client-ca"
                            .formatted(clientCa));
        }
        return certificate != null;
    }

    private static String said(@Nullable String file) {
        return file == null ? "" : file;
    }
}
