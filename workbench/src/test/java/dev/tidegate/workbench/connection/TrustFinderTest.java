package dev.tidegate.workbench.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.proto.v1.IdentityServiceGrpc;
import dev.tidegate.proto.v1.WhoAmIRequest;
import dev.tidegate.proto.v1.WhoAmIResponse;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a real server with TLS. */
final class TrustFinderTest {
    private static final String PASSWORD = "changeit";

    @TempDir private Path folder;

    @Test
    void knowsAServerByItsHomeOrByTheNamedAuthoritiesAndNoOther()
            throws IOException, GeneralSecurityException {
        Path certificate = certificate("models.example.org");
        Path own = certificate("localhost");
        Server server = start(own);
        Server elsewhere = start(certificate);
        try {
            ServerAddress address = new ServerAddress("localhost", server.getPort());
            ServerAddress neighbour = new ServerAddress("127.0.0.1", elsewhere.getPort());
            Files.writeString(
                    folder.resolve("server.json"),
                    "{\"grpc\":%d,\"tls\":\"%s\"}".formatted(neighbour.port(), certificate));

            assertThat(name(address, new TrustFinder(Optional.of(own), Optional.empty(), folder)))
                    .isEqualTo("ada");
            assertThat(name(neighbour, new TrustFinder(Optional.empty(), Optional.empty(), folder)))
                    .isEqualTo("ada");
            assertThatThrownBy(
                            () ->
                                    name(
                                            address,
                                            new TrustFinder(
                                                    Optional.of(certificate),
                                                    Optional.empty(),
                                                    folder)))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(
                            () ->
                                    name(
                                            address,
                                            new TrustFinder(
                                                    Optional.empty(), Optional.empty(), folder)))
                    .isInstanceOf(StatusRuntimeException.class);
        } finally {
            server.shutdownNow();
            elsewhere.shutdownNow();
        }
    }

    @Test
    void trustsWhatTheFileSaysWhenItConnectsAgain() throws IOException, GeneralSecurityException {
        Path former = certificate("former.example.org");
        Path next = certificate("localhost");
        Path trusted = Files.copy(former, folder.resolve("trusted.pem"));
        Server server = start(next);
        try {
            ServerAddress address = new ServerAddress("localhost", server.getPort());
            try (Connection connection =
                    Connection.open(
                            address,
                            Optional.of("key"),
                            new TrustFinder(Optional.of(trusted), Optional.empty(), folder)
                                    .find(address))) {
                assertThatThrownBy(() -> name(connection))
                        .isInstanceOf(StatusRuntimeException.class);
                Files.copy(next, trusted, StandardCopyOption.REPLACE_EXISTING);
                Awaitility.await()
                        .ignoreException(StatusRuntimeException.class)
                        .until(() -> name(connection).equals("ada"));
            }
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void showsItsCertificateToAServerThatAsksForOne() throws IOException, GeneralSecurityException {
        Path own = certificate("localhost");
        Path client = certificate("anna");
        Server server = start(own, client);
        try {
            ServerAddress address = new ServerAddress("localhost", server.getPort());
            Optional<ClientCertificate> shown =
                    Optional.of(new ClientCertificate(client, Path.of(client + ".key")));
            assertThat(name(address, new TrustFinder(Optional.of(own), shown, folder)))
                    .isEqualTo("ada");
            assertThatThrownBy(
                            () ->
                                    name(
                                            address,
                                            new TrustFinder(
                                                    Optional.of(own), Optional.empty(), folder)))
                    .isInstanceOf(StatusRuntimeException.class);
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void holdsAServerOfTheHomeToNoNameThatIsNoServers()
            throws IOException, GeneralSecurityException {
        Path certificate = certificate("mixed", "san=email:a@example.com,uri:urn:x,dns:b.example");
        ServerAddress address = new ServerAddress("127.0.0.1", 7);
        Files.writeString(
                folder.resolve("server.json"),
                "{\"grpc\":7,\"tls\":\"%s\"}".formatted(certificate));
        assertThat(
                        new TrustFinder(Optional.empty(), Optional.empty(), folder)
                                .find(address)
                                .orElseThrow()
                                .authority())
                .contains("b.example");
    }

    @Test
    void namesAFileThatHasNoCertificate() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        assertThatThrownBy(
                        () ->
                                new TrustFinder(Optional.of(text), Optional.empty(), folder)
                                        .find(ServerAddress.DEFAULT))
                .hasMessageContaining("Expected PEM certificates in '" + text + "'");
    }

    private static String name(ServerAddress address, TrustFinder trust) {
        try (Connection connection =
                Connection.open(address, Optional.of("key"), trust.find(address))) {
            return name(connection);
        }
    }

    private static String name(Connection connection) {
        return IdentityServiceGrpc.newBlockingStub(connection.channel())
                .whoAmI(WhoAmIRequest.getDefaultInstance())
                .getName();
    }

    private static Server start(Path certificate) throws IOException {
        return start(credentials(certificate));
    }

    private static Server start(Path certificate, Path clients) throws IOException {
        return start(
                credentials(certificate)
                        .trustManager(clients.toFile())
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE));
    }

    private static TlsServerCredentials.Builder credentials(Path certificate) throws IOException {
        return TlsServerCredentials.newBuilder()
                .keyManager(certificate.toFile(), Path.of(certificate + ".key").toFile());
    }

    private static Server start(TlsServerCredentials.Builder credentials) throws IOException {
        return OkHttpServerBuilder.forPort(0, credentials.build())
                .addService(new Ada())
                .build()
                .start();
    }

    private Path certificate(String name) throws IOException, GeneralSecurityException {
        return certificate(name, "san=dns:" + name);
    }

    private Path certificate(String name, String names)
            throws IOException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "it",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                names,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.onExit().join().exitValue()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path file = folder.resolve(name + ".pem");
        pem(file, "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem(
                Path.of(file + ".key"),
                "PRIVATE KEY",
                keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
        return file;
    }

    private static void pem(Path file, String type, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type));
    }

    private static final class Ada extends IdentityServiceGrpc.IdentityServiceImplBase {
        @Override
        public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> observer) {
            observer.onNext(WhoAmIResponse.newBuilder().setName("ada").build());
            observer.onCompleted();
        }
    }
}
