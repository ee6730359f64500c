package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.platform.tls.TestCertificate;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The ports of a whole server under TLS. */
final class TlsTest {
    @TempDir private Path folder;

    @Test
    void servesGrpcAndHttpWithItsCertificateAndManagementWithout() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(own, null), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            int grpc = ready.path("grpc").asInt();

            assertThat(ready.path("tls").asText()).isEqualTo(own.file().toString());
            assertThat(health(trusting(own), grpc)).isEqualTo(ServingStatus.SERVING);
            assertThat(https(own, ready.path("http").asInt())).contains("\"status\":\"UP\"");
            assertThat(plain(ready.path("management").asInt())).contains("\"status\":\"UP\"");
            assertThatThrownBy(() -> health(InsecureChannelCredentials.create(), grpc))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(
                            () -> health(trusting(TestCertificate.create(folder, "other")), grpc))
                    .isInstanceOf(StatusRuntimeException.class);
            lists("--home", folder.resolve("home").toString());
            lists(
                    "--home",
                    folder.resolve("home").toString(),
                    "--server",
                    "localhost:" + grpc,
                    "--tls-ca",
                    own.file().toString());
        }
    }

    private static void lists(String... where) {
        String[] words = new String[where.length + 2];
        words[0] = "model";
        words[1] = "list";
        System.arraycopy(where, 0, words, 2, where.length);
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void presentsANewCertificateToNewConnectionsAndKeepsTheOldOneForABrokenFile()
            throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        TestCertificate next = TestCertificate.create(folder, "next");
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(own, null), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            int grpc = ready.path("grpc").asInt();
            int http = ready.path("http").asInt();
            ManagedChannel established = channel(trusting(own), grpc);
            try {
                assertThat(health(established)).isEqualTo(ServingStatus.SERVING);

                next.replace(own);
                awaitPresented(grpc, next);
                awaitPresented(http, next);
                assertThat(health(established)).isEqualTo(ServingStatus.SERVING);

                Files.writeString(own.file(), "-----BEGIN CERTIFICATE-----\nbroken");
                Awaitility.await()
                        .untilAsserted(
                                () ->
                                        assertThat(server.tls().problem())
                                                .get()
                                                .asString()
                                                .contains("stays as it was")
                                                .contains(own.file().toString()));
                assertThat(presented(grpc)).isEqualTo(next.certificate().getSerialNumber());
                assertThat(presented(http)).isEqualTo(next.certificate().getSerialNumber());
            } finally {
                established.shutdownNow();
            }
        }
    }

    @Test
    void takesOnlyClientsOfTheNamedAuthorities() throws IOException {
        TestCertificate own = TestCertificate.create(folder, "own");
        TestCertificate client = TestCertificate.create(folder, "client");
        TestCertificate stranger = TestCertificate.create(folder, "stranger");
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(own, client.file()), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            int grpc = ready.path("grpc").asInt();
            assertThat(health(proving(own, client), grpc)).isEqualTo(ServingStatus.SERVING);
            assertThatThrownBy(() -> health(trusting(own), grpc))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e ->
                                    assertThat(e.getStatus().getCode())
                                            .isEqualTo(Status.Code.UNAVAILABLE));
            assertThatThrownBy(() -> health(proving(own, stranger), grpc))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(() -> https(own, ready.path("http").asInt()))
                    .isInstanceOf(IOException.class);

            stranger.replace(client);
            Awaitility.await()
                    .ignoreException(StatusRuntimeException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(health(proving(own, stranger), grpc))
                                            .isEqualTo(ServingStatus.SERVING));
        }
    }

    @Test
    void letsNobodyResumeASessionWhoseAuthorityIsNotTrustedAnyMore()
            throws IOException, GeneralSecurityException {
        TestCertificate own = TestCertificate.create(folder, "own");
        TestCertificate client = TestCertificate.create(folder, "client");
        TestCertificate stranger = TestCertificate.create(folder, "stranger");
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(own, client.file()), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            int grpc = ready.path("grpc").asInt();
            int http = ready.path("http").asInt();
            SSLContext former = context(own, "client");
            for (int i = 0; i < 2; i++) {
                assertThat(answer(former, http, "http/1.1")).isEqualTo('H');
                assertThat(answer(former, grpc, "h2")).isZero();
            }

            stranger.replace(client);
            SSLContext next = context(own, "stranger");
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(
                            () ->
                                    answer(next, http, "http/1.1") == 'H'
                                            && answer(next, grpc, "h2") == 0);
            assertThatThrownBy(() -> answer(former, http, "http/1.1"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> answer(former, grpc, "h2")).isInstanceOf(IOException.class);
        }
    }

    /** Returns the first byte of an answer over a new connection, resumed where that is let. */
    private static int answer(SSLContext context, int port, String protocol) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String words =
                    protocol.equals("h2")
                            ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
                            : "GET /health HTTP/1.1\r\nconnection: close\r\n\r\n";
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        }
    }

    /** Returns a client with the certificate of that name. */
    private SSLContext context(TestCertificate server, String name)
            throws GeneralSecurityException, IOException {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", server.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static ServingStatus health(ChannelCredentials credentials, int port) {
        ManagedChannel channel = channel(credentials, port);
        try {
            return health(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private static ServingStatus health(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static ManagedChannel channel(ChannelCredentials credentials, int port) {
        return NettyChannelBuilder.forAddress("localhost", port, credentials).build();
    }

    private static ChannelCredentials trusting(TestCertificate server) throws IOException {
        return TlsChannelCredentials.newBuilder().trustManager(server.file().toFile()).build();
    }

    private static ChannelCredentials proving(TestCertificate server, TestCertificate client)
            throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(server.file().toFile())
                .keyManager(client.file().toFile(), client.key().toFile())
                .build();
    }

    private static String https(TestCertificate server, int port) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection)
                        URI.create("https://localhost:%d/health".formatted(port))
                                .toURL()
                                .openConnection();
        connection.setSSLSocketFactory(context(server).getSocketFactory());
        return text(connection);
    }

    private static String plain(int port) throws IOException {
        return text(
                URI.create("http://127.0.0.1:%d/health".formatted(port)).toURL().openConnection());
    }

    private static String text(URLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void awaitPresented(int port, TestCertificate expected) {
        Awaitility.await()
                .ignoreException(IOException.class)
                .untilAsserted(
                        () ->
                                assertThat(presented(port))
                                        .isEqualTo(expected.certificate().getSerialNumber()));
    }

    /** Returns the serial number of the certificate that a new connection gets. */
    private static BigInteger presented(int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustAnybody[] {new TrustAnybody()}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                X509Certificate first =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                return first.getSerialNumber();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(TestCertificate server) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", server.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServeFlags flags(TestCertificate own, @Nullable Path clients) throws IOException {
        StorageLocation database = TestDatabase.createEmpty();
        Path config =
                Files.writeString(
                        folder.resolve("tidegate.yaml"),
                        "tidegate: {storage: {username: '%s', password: '%s'}}"
                                .formatted(database.username(), database.password()));
        TlsFlags tls = new TlsFlags();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(tls));
        if (clients == null) {
            line.parseArgs("--tls-cert", own.file().toString(), "--tls-key", own.key().toString());
        } else {
            line.parseArgs(
                    "--tls-cert",
                    own.file().toString(),
                    "--tls-key",
                    own.key().toString(),
                    "--tls-client-ca",
                    clients.toString());
        }
        return new ServeFlags(
                folder.resolve("home"), 0, 0, 0, database.url(), config, null, null, false, tls);
    }
}
