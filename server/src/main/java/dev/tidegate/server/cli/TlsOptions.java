package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command connects to a server with TLS. */
final class TlsOptions {
    @Option(
            names = "--tls",
            description =
                    "Connect with TLS, trusting the authorities of this Java. Not needed with --tls-ca, nor for a server on this machine.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description =
                    "Connect with TLS, trusting the certificates of this PEM file (default: $TIDEGATE_TLS_CA).")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate of this client, PEM, for a server that asks for one.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Key of that certificate, PEM, PKCS #8.")
    private @Nullable Path key;

    /**
     * Returns what was asked for; empty for a plain connection.
     *
     * @param neighbour certificate of the server when it is known to be on this machine
     */
    Optional<ClientTls> clientTls(Optional<Path> neighbour, Map<String, String> environment) {
        if ((certificate == null) != (key == null)) {
            throw TidegateException.invalid(
                    "expected --tls-cert and --tls-key together, got one of them");
        }
        Optional<Path> shown = Optional.ofNullable(certificate);
        Optional<Path> secret = Optional.ofNullable(key);
        Optional<Path> trusted =
                Optional.ofNullable(authorities)
                        .or(
                                () ->
                                        Optional.ofNullable(environment.get("TIDEGATE_TLS_CA"))
                                                .filter(file -> !file.isBlank())
                                                .map(Path::of));
        if (tls || (shown.isPresent() && trusted.isEmpty() && neighbour.isEmpty())) {
            return Optional.of(
                    trusted.map(file -> ClientTls.trusting(file, shown, secret))
                            .orElseGet(() -> ClientTls.trustingPublicAuthorities(shown, secret)));
        }
        return trusted.map(file -> ClientTls.trusting(file, shown, secret))
                .or(() -> neighbour.map(file -> ClientTls.trustingNeighbour(file, shown, secret)));
    }
}
