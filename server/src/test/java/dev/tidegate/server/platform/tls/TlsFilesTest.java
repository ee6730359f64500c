package dev.tidegate.server.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server refuses to present, each time with the file's name. */
final class TlsFilesTest {
    @TempDir private Path folder;

    @Test
    void takesACertificateWithItsKeyAndTheClientsAuthorities() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        TestCertificate clients = TestCertificate.create(folder, "clients");
        TlsCredentials credentials =
                read(own.file(), own.key(), clients.file()).credentials(Instant.now());
        assertThat(credentials.certificate()).isEqualTo(own.certificate());
        assertThat(credentials.clientAuthorities()).containsExactly(clients.certificate());
    }

    @Test
    void namesAFileThatIsNotThere() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        Path missing = folder.resolve("missing.pem");
        refused(missing, own.key(), "tidegate.tls.certificate '" + missing + "' cannot be read");
        refused(own.file(), missing, "tidegate.tls.key '" + missing + "' cannot be read");
    }

    @Test
    void namesAFileThatHasNoCertificateOrNoKeyInIt() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        refused(text, own.key(), "tidegate.tls.certificate '" + text + "'");
        refused(own.file(), text, "tidegate.tls.key '" + text + "' has no usable key");
    }

    @Test
    void namesAKeyThatBelongsToAnotherCertificate() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        TestCertificate other = TestCertificate.create(folder, "other");
        refused(
                own.file(),
                other.key(),
                "tidegate.tls.key '%s' does not fit the certificate '%s'"
                        .formatted(other.key(), own.file()));
    }

    @Test
    void namesACertificateThatIsOutOfItsTime() throws IOException {
        TestCertificate old =
                TestCertificate.create(
                        folder, "old", List.of("-startdate", "-3d", "-validity", "1"));
        refused(old.file(), old.key(), "tidegate.tls.certificate '" + old.file() + "' is valid");
    }

    @Test
    void refusesHalfASetting() {
        assertThatThrownBy(() -> new TlsConfig("cert.pem", null, null).isOn())
                .hasMessageContaining("--tls-cert and --tls-key");
        assertThatThrownBy(() -> new TlsConfig(null, null, "ca.pem").isOn())
                .hasMessageContaining("client-ca is 'ca.pem'");
        assertThat(new TlsConfig(null, null, null).isOn()).isFalse();
    }

    @Test
    void tellsACertificateThatEndsSoon() throws IOException {
        TestCertificate own =
                TestCertificate.create(
                        folder, "own", List.of("-startdate", "-1d", "-validity", "3"));
        try (ServerTls tls =
                new ServerTls(
                        new TlsConfig(own.file().toString(), own.key().toString(), null),
                        Clock.systemUTC())) {
            tls.look();
            assertThat(tls.problem()).get().asString().contains(own.file() + "' is valid until");
        }
    }

    private static void refused(Path certificate, Path key, String message) {
        assertThatThrownBy(() -> read(certificate, key, null).credentials(Instant.now()))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining(message);
    }

    private static TlsFiles read(Path certificate, Path key, @Nullable Path clients) {
        return TlsFiles.read(
                new TlsConfig(
                        certificate.toString(),
                        key.toString(),
                        clients == null ? null : clients.toString()));
    }

    @Test
    void printsNoKey() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        PemFile key = PemFile.read("tidegate.tls.key", own.key().toString());
        assertThat(key.key().getAlgorithm()).isEqualTo("EC");
        assertThat(key.toString()).contains(own.key().toString()).doesNotContain("BEGIN");
    }

    @Test
    void findsTheFirstNameThatAConnectionCanBeHeldTo() throws IOException {
        TestCertificate mixed =
                TestCertificate.create(
                        folder,
                        "mixed",
                        List.of("-ext", "san=email:a@example.com,uri:urn:x,ip:127.0.0.9,dns:b"));
        assertThat(PemFile.serverName(mixed.certificate())).contains("127.0.0.9");
        TestCertificate none =
                TestCertificate.create(folder, "none", List.of("-ext", "san=email:a@example.com"));
        assertThat(PemFile.serverName(none.certificate())).isEmpty();
    }
}
