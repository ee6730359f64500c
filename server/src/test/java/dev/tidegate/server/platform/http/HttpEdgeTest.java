package dev.tidegate.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import dev.tidegate.server.platform.tls.ServerTls;
import dev.tidegate.server.platform.tls.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server on a real socket, spoken to byte by byte. */
final class HttpEdgeTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Calls that nobody answers before the test does. */
    private final Queue<HttpCall> held = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean gone = new AtomicBoolean();

    /** The server's clock, which only a test moves. */
    private final AtomicLong now = new AtomicLong();

    private @Nullable HttpEdge edge;

    @AfterEach
    void stop() {
        held.forEach(call -> call.answer(HttpReply.json(200, "late")));
        if (edge != null) {
            edge.close();
        }
    }

    private WireClient start(Duration request, Duration idle, Duration linger) throws IOException {
        HttpService service =
                () ->
                        List.of(
                                HttpRoute.prompt("GET", "/hello/{name}", HttpEdgeTest::hello),
                                HttpRoute.prompt(
                                        "POST",
                                        "/echo",
                                        call -> call.answer(HttpReply.json(call.body()))),
                                HttpRoute.waiting("GET", "/held", this::hold),
                                HttpRoute.prompt(
                                        "GET",
                                        "/full",
                                        call -> {
                                            throw TidegateException.exhausted("too \"many\"");
                                        }),
                                HttpRoute.waiting(
                                        "GET",
                                        "/broken",
                                        call -> {
                                            throw new IllegalStateException("secret");
                                        }));
        HttpEdge started =
                new HttpEdge(
                        config(100_000),
                        plain(),
                        config(request, idle, linger),
                        new HttpRouter(List.of(service), List.of()),
                        now::get);
        edge = started;
        port = started.start(0);
        return new WireClient(port);
    }

    private static HttpConfig config(Duration request, Duration idle, Duration linger) {
        return new HttpConfig(0, 0, 100, request, idle, LONG, 1_000, linger, List.of(), List.of());
    }

    private int port;

    private WireClient start() throws IOException {
        return start(LONG, LONG, Duration.ZERO);
    }

    private static void hello(HttpCall call) {
        call.answer(HttpReply.json(200, "\"" + call.variable("name") + "\""));
    }

    private void hold(HttpCall call) {
        call.onGone(() -> gone.set(true));
        held.add(call);
    }

    private HttpCall held() {
        await().until(() -> !held.isEmpty());
        return held.remove();
    }

    @Test
    void answersRequestsThatWereSentAheadInTheirOrder() throws IOException {
        try (WireClient client = start()) {
            client.send("GET /held HTTP/1.1\r\nhost: x\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                client.send("GET /hello/n" + i + " HTTP/1.1\r\nhost: x\r\n\r\n");
            }
            held().answer(HttpReply.json(200, "first"));
            assertThat(client.answer().body()).isEqualTo("first");
            for (int i = 0; i < 100; i++) {
                assertThat(client.answer().body()).isEqualTo("\"n" + i + "\"");
            }
        }
    }

    @Test
    void saysWhatIsWrongAsJson() throws IOException {
        try (WireClient client = start()) {
            WireClient.Answer full = client.get("/full");
            assertThat(full.status()).isEqualTo(429);
            assertThat(full.body()).isEqualTo("{\"error\":\"too \\\"many\\\"\"}");
            assertThat(full.head()).contains("retry-after: 1", "tidegate-error: 8 EXHAUSTED");
            WireClient.Answer broken = client.get("/broken");
            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.body()).contains("incident").doesNotContain("secret");
            assertThat(client.get("/nothing").status()).isEqualTo(404);
            WireClient.Answer method = client.get("/echo");
            assertThat(method.status()).isEqualTo(405);
            assertThat(method.head()).contains("allow: POST");
            client.send("HEAD /hello/a HTTP/1.1\r\n\r\n");
            assertThat(client.head()).contains("200 OK", "content-length: 3");
            assertThat(client.get("/hello/a%20b+c").body()).isEqualTo("\"a b+c\"");
            assertThat(client.get("/hello/%zz").status()).isEqualTo(400);
        }
    }

    @Test
    void mapsEveryKindOfErrorToAStatus() {
        for (ErrorCode code : ErrorCode.values()) {
            int status = FailureReply.of(new TidegateException(code, "x"), "i").status();
            assertThat(status).isBetween(400, 599);
        }
    }

    private static EdgeConfig config(int maxBytes) {
        return new EdgeConfig("127.0.0.1", 0, 0, 0, null, false, maxBytes, Duration.ofSeconds(20));
    }

    private static ServerTls plain() {
        return new ServerTls(new TlsConfig(null, null, null), Clock.systemUTC());
    }

    @Test
    void takesAndGivesGzip() throws IOException {
        String text = "tide".repeat(1_000);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        try (WireClient client = start()) {
            client.post(
                    packed.toByteArray(),
                    "content-encoding: gzip\r\naccept-encoding: deflate, gzip;q=0.5\r\n");
            WireClient.Answer answer = client.answer();
            assertThat(answer.head()).contains("content-encoding: gzip", "vary: accept-encoding");
            assertThat(answer.bytes().length).isLessThan(1_000);
            try (GZIPInputStream in =
                    new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(text);
            }
            client.post(
                    packed.toByteArray(),
                    "content-encoding: gzip\r\naccept-encoding: gzip;q=0\r\n");
            assertThat(client.answer().body()).isEqualTo(text);
            client.post("short".getBytes(StandardCharsets.US_ASCII), "accept-encoding: gzip\r\n");
            assertThat(client.answer().body()).isEqualTo("short");
            client.post(packed.toByteArray(), "content-encoding: br\r\n");
            assertThat(client.answer().status()).isEqualTo(400);
            client.post(
                    "no gzip at all".getBytes(StandardCharsets.US_ASCII),
                    "content-encoding: gzip\r\n");
            assertThat(client.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void refusesWhatIsTooLargeAlsoWhenItWasPacked() throws IOException {
        try (WireClient client = start()) {
            client.post(new byte[100_001], "");
            WireClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("more than 100000 bytes");
            assertThat(client.isAtEnd()).isTrue();
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }
        try (WireClient client = new WireClient(port)) {
            client.post(bomb.toByteArray(), "content-encoding: gzip\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void endsRequestsThatAreNoHttp() throws IOException {
        start().close();
        for (String bytes :
                List.of(
                        "nonsense\r\n\r\n",
                        "GET /hello/a HTTP/1.1\r\ncontent-length: -4\r\n\r\n",
                        "POST /echo HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
                        "GET /hello/a HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n")) {
            try (WireClient client = new WireClient(port)) {
                client.send(bytes);
                assertThat(client.answer().status()).as(bytes).isEqualTo(400);
                assertThat(client.isAtEnd()).isTrue();
            }
        }
        try (WireClient client = new WireClient(port)) {
            client.send("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(414);
        }
        try (WireClient client = new WireClient(port)) {
            client.send("GET /hello/a HTTP/1.1\r\nlong: " + "a".repeat(9_000) + "\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(431);
        }
    }

    @Test
    void endsHalfARequestAndAnIdleConnectionAndNoneThatIsAtWork() throws IOException {
        try (WireClient half = start(Duration.ofMillis(40), Duration.ofMillis(60), Duration.ZERO);
                WireClient idle = new WireClient(port);
                WireClient working = new WireClient(port)) {
            assertThat(idle.get("/hello/a").status()).isEqualTo(200);
            working.send("GET /held HTTP/1.1\r\n\r\n");
            HttpCall call = held();
            half.send("GET /hello/a HTTP/1.1\r\n\r\nPOST /echo HTTP/1.1\r\n");
            assertThat(half.answer().status()).isEqualTo(200);
            half.send("content-length: 10\r\n\r\nhalf");
            await().until(
                            () -> {
                                now.addAndGet(20_000_000);
                                return half.hasAnswer();
                            });
            WireClient.Answer answer = half.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("40 ms");
            assertThat(half.isAtEnd()).isTrue();
            now.addAndGet(60_000_000);
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(call.isGone()).isFalse();
            call.answer(HttpReply.json(200, "in time"));
            assertThat(working.answer().body()).isEqualTo("in time");
        }
    }

    @Test
    void tellsTheHandlerWhenTheClientIsGone() throws IOException {
        try (WireClient client = start()) {
            client.send("GET /held HTTP/1.1\r\n\r\n");
            HttpCall call = held();
            client.leave();
            await().untilTrue(gone);
            assertThat(call.isGone()).isTrue();
            call.answer(HttpReply.json(200, "nobody reads it"));
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        try (WireClient client = start()) {
            client.send("GET /hello/a HTTP/1.1\r\nconnection: close\r\n\r\n");
            assertThat(client.answer().head()).contains("connection: close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersWhoeverIsThereWhenItEnds() throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (WireClient busy = start(LONG, LONG, Duration.ofSeconds(20));
                WireClient open = new WireClient(port)) {
            busy.send("GET /held HTTP/1.1\r\n\r\n");
            HttpCall call = held();
            assertThat(open.get("/hello/a").head()).doesNotContain("connection: close");
            HttpEdge ending = Objects.requireNonNull(edge);
            ending.drain();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                ending.close();
                                ended.countDown();
                            });
            try (WireClient late = new WireClient(port)) {
                assertThat(late.get("/hello/b").head()).contains("200 OK", "connection: close");
            }
            assertThat(open.get("/hello/c").head()).contains("200 OK", "connection: close");
            assertThat(open.isAtEnd()).isTrue();
            call.answer(HttpReply.json(200, "finished"));
            assertThat(busy.answer().body()).isEqualTo("finished");
            assertThat(busy.isAtEnd()).isTrue();
            ended.await();
        }
    }
}
