package dev.tidegate.server.platform.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** Credentials in the form in which the HTTP server takes them. */
final class KeyStores {
    private KeyStores() {}

    static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has PKCS12 stores", e);
        }
    }

    static KeyStore of(TlsCredentials credentials) {
        KeyStore store = empty();
        try {
            store.setKeyEntry(
                    "server",
                    credentials.key(),
                    null,
                    credentials.chain().toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a store in memory takes every key", e);
        }
    }
}
