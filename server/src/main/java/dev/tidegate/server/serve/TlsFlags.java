package dev.tidegate.server.serve;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line said about TLS; absent where it said nothing. */
final class TlsFlags {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "PEM file with the certificate of the gRPC and HTTP ports and its chain; read anew when it changes.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the certificate's key, PKCS #8.")
    private @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description =
                    "PEM file with the authorities of clients; without a certificate of one of them nobody connects.")
    private @Nullable Path clientCa;

    /** Returns the settings that the flags stand for. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        put(settings, "tidegate.tls.certificate", certificate);
        put(settings, "tidegate.tls.key", key);
        put(settings, "tidegate.tls.client-ca", clientCa);
        return settings;
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Path file) {
        if (file != null) {
            settings.put(name, file.toString());
        }
    }
}
