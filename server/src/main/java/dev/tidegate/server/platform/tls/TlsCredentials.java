package dev.tidegate.server.platform.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the server proves itself by, and whom it lets in.
 *
 * @param chain the server's certificate first
 * @param key of the first certificate
 * @param clientAuthorities empty when clients need no certificate
 */
record TlsCredentials(
        List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
    TlsCredentials {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }
}
