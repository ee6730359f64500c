package dev.tidegate.server.cli;

import dev.tidegate.server.platform.tls.PemFile;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client and a server prove themselves to each other.
 *
 * @param credentials for the channel
 * @param authority name that the server's certificate must have, where that is not the address
 */
record ClientTls(ChannelCredentials credentials, Optional<String> authority) {

    /** Trusts the authorities of this Java, as for a public server. */
    static ClientTls trustingPublicAuthorities(Optional<Path> certificate, Optional<Path> key) {
        return new ClientTls(
                proving(TlsChannelCredentials.newBuilder(), certificate, key), Optional.empty());
    }

    /** Trusts the certificates of a file, and what they have signed. */
    static ClientTls trusting(Path authorities, Optional<Path> certificate, Optional<Path> key) {
        return new ClientTls(
                proving(
                        trustIn(PemFile.read("--tls-ca", authorities.toString())),
                        certificate,
                        key),
                Optional.empty());
    }

    /** Trusts a server on this machine by the certificate that it says to present. */
    static ClientTls trustingNeighbour(
            Path presented, Optional<Path> certificate, Optional<Path> key) {
        PemFile file = PemFile.read("the server's certificate", presented.toString());
        return new ClientTls(
                proving(trustIn(file), certificate, key),
                PemFile.serverName(file.certificates().getFirst()));
    }

    private static TlsChannelCredentials.Builder trustIn(PemFile file) {
        file.certificates();
        try {
            return TlsChannelCredentials.newBuilder().trustManager(file.path().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + " cannot be read", e);
        }
    }

    private static ChannelCredentials proving(
            TlsChannelCredentials.Builder credentials,
            Optional<Path> certificate,
            Optional<Path> key) {
        if (certificate.isPresent() && key.isPresent()) {
            PemFile shown = PemFile.read("--tls-cert", certificate.get().toString());
            PemFile secret = PemFile.read("--tls-key", key.get().toString());
            shown.certificates();
            secret.key();
            try {
                credentials.keyManager(shown.path().toFile(), secret.path().toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(shown.path() + " cannot be read", e);
            }
        }
        return credentials.build();
    }
}
