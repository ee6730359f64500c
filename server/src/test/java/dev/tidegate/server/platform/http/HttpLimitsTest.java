package dev.tidegate.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import dev.tidegate.server.platform.tls.ServerTls;
import dev.tidegate.server.platform.tls.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client may take of the server before, while and after it asks. */
final class HttpLimitsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int LARGEST = 100_000;

    private final Queue<HttpCall> held = new ConcurrentLinkedQueue<>();

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

    private int start() {
        return start(config(0, 100, LONG));
    }

    private static HttpConfig config(long bytes, int connections, Duration write) {
        return new HttpConfig(
                0,
                bytes,
                connections,
                LONG,
                LONG,
                write,
                1_000,
                Duration.ZERO,
                List.of("https://desk.example.com"),
                List.of("models.example.com"));
    }

    private int start(HttpConfig config) {
        HttpService service =
                () ->
                        List.of(
                                HttpRoute.prompt(
                                        "GET",
                                        "/hello/{name}",
                                        call ->
                                                call.answer(
                                                        HttpReply.json(
                                                                200, call.variable("name")))),
                                HttpRoute.prompt(
                                        "POST",
                                        "/echo",
                                        call -> call.answer(HttpReply.json(call.body()))),
                                HttpRoute.waiting("GET", "/held", held::add),
                                HttpRoute.waiting("POST", "/held", held::add),
                                HttpRoute.prompt("GET", "/unsendable", HttpLimitsTest::unsendable));
        EdgeConfig ports =
                new EdgeConfig("127.0.0.1", 0, 0, 0, null, false, LARGEST, Duration.ofSeconds(20));
        HttpEdge started =
                new HttpEdge(
                        ports,
                        new ServerTls(new TlsConfig(null, null, null), Clock.systemUTC()),
                        config,
                        new HttpRouter(
                                List.of(service),
                                List.of(new Password(), new BrowserGuard(config, ports))),
                        now::get);
        edge = started;
        return started.start(0);
    }

    private static void unsendable(HttpCall call) {
        call.answer(new HttpReply(200, HttpReply.JSON, new byte[0], Map.of("x", "a\r\nb: c")));
    }

    /** Refuses who says a wrong word. */
    private static final class Password implements HttpGuard {
        @Override
        public void check(HttpRoute route, HttpHead head) {
            if (head.header("wrong") != null) {
                throw TidegateException.unauthenticated("a wrong word came");
            }
        }
    }

    private HttpCall held() {
        await().until(() -> !held.isEmpty());
        return held.remove();
    }

    private static String head(String method, String path, String headers) {
        return "%s %s HTTP/1.1\r\n%s\r\n".formatted(method, path, headers);
    }

    @Test
    void refusesOnTheHeadAloneWithoutABody() throws IOException {
        int port = start();
        for (Map.Entry<String, Integer> each :
                Map.of(
                                head("POST", "/echo", "wrong: 1\r\ncontent-length: 90000\r\n"),
                                401,
                                head("POST", "/echo", "wrong: 1\r\ntransfer-encoding: chunked\r\n"),
                                401,
                                head("POST", "/nothing", "content-length: 90000\r\n"),
                                404,
                                head("PUT", "/echo", "content-length: 90000\r\n"),
                                405,
                                head("POST", "/echo", "content-length: 100001\r\n"),
                                413,
                                head(
                                        "POST",
                                        "/echo",
                                        "content-length: 90000\r\ncontent-encoding: snappy\r\n"),
                                400)
                        .entrySet()) {
            try (WireClient client = new WireClient(port)) {
                client.send(each.getKey());
                WireClient.Answer answer = client.answer();
                assertThat(answer.status()).as(each.getKey()).isEqualTo(each.getValue());
                assertThat(answer.head()).contains("connection: close");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void skipsTheShortBodyOfARefusedRequestAndGoesOn() throws IOException {
        try (WireClient client = new WireClient(start())) {
            client.send(head("GET", "/held", ""));
            client.post(
                    "/nothing",
                    "GET /hello/no HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    "");
            client.send(head("GET", "/hello/yes", ""));
            held().answer(HttpReply.json(200, "first"));
            assertThat(client.answer().body()).isEqualTo("first");
            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.answer().body()).isEqualTo("yes");
        }
    }

    @Test
    void givesLeaveToSendABodyOnlyToWhomItIsTakenFrom() throws IOException {
        int port = start();
        try (WireClient client = new WireClient(port)) {
            client.send(head("POST", "/echo", "expect: 100-continue\r\ncontent-length: 2\r\n"));
            assertThat(client.head()).startsWith("HTTP/1.1 100 ");
            client.send("hi");
            assertThat(client.answer().body()).isEqualTo("hi");
            client.send(head("POST", "/none", "expect: 100-continue\r\ncontent-length: 2\r\n"));
            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void boundsTheBytesOfAllBodiesThatWait() throws IOException {
        int port = start(config(50_000, 100, LONG));
        byte[] body = new byte[40_000];
        try (WireClient first = new WireClient(port);
                WireClient second = new WireClient(port)) {
            first.post("/held", body, "");
            HttpCall waiting = held();
            second.post("/echo", body, "");
            WireClient.Answer full = second.answer();
            assertThat(full.status()).isEqualTo(429);
            assertThat(full.head()).contains("retry-after: 1");
            assertThat(full.body()).contains("50000 bytes").contains("max-waiting-bytes");
            waiting.answer(HttpReply.json(200, "done"));
            assertThat(first.answer().body()).isEqualTo("done");
            first.post("/echo", body, "");
            assertThat(first.answer().bytes()).hasSize(40_000);
        }
    }

    @Test
    void givesTheBytesOfAClientBackThatGoesAway() throws IOException {
        int port = start(config(50_000, 100, LONG));
        byte[] body = new byte[40_000];
        try (WireClient first = new WireClient(port)) {
            first.post("/held", body, "");
            HttpCall waiting = held();
            first.leave();
            await().until(
                            () -> {
                                try (WireClient next = new WireClient(port)) {
                                    next.post("/echo", body, "");
                                    return next.answer().status() == 200;
                                }
                            });
            assertThat(waiting.isGone()).isTrue();
        }
    }

    @Test
    void readsNoFurtherWhileMuchOfAClientWaits() throws IOException, InterruptedException {
        int port = start(config(600_000, 100, LONG));
        byte[] body = new byte[90_000];
        try (WireClient client = new WireClient(port)) {
            client.send(head("GET", "/held", ""));
            HttpCall waiting = held();
            AtomicInteger sent = new AtomicInteger();
            Thread sending =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            for (int i = 0; i < 100; i++) {
                                                client.post("/echo", body, "");
                                                sent.incrementAndGet();
                                            }
                                        } catch (IOException e) {
                                            throw new UncheckedIOException(e);
                                        }
                                    });
            try (WireClient other = new WireClient(port)) {
                int seen = -1;
                while (seen != sent.get()) {
                    seen = sent.get();
                    for (int i = 0; i < 300; i++) {
                        assertThat(other.get("/hello/other").body()).isEqualTo("other");
                    }
                }
            }
            waiting.answer(HttpReply.json(200, "first"));
            assertThat(client.answer().body()).isEqualTo("first");
            for (int i = 0; i < 100; i++) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            sending.join();
        }
    }

    @Test
    void closesTheConnectionOfAClientThatNeverReadsItsAnswer() throws IOException {
        int port = start(config(0, 100, Duration.ofMillis(40)));
        try (WireClient client = new WireClient(port)) {
            client.send(head("GET", "/held", "") + head("GET", "/hello/next", ""));
            HttpCall call = held();
            call.answer(new HttpReply(200, HttpReply.JSON, new byte[50_000_000], Map.of()));
            await().until(
                            () -> {
                                now.addAndGet(20_000_000);
                                return call.isGone();
                            });
        }
    }

    @Test
    void boundsTheBytesOfAllAnswersThatWaitToBeRead() throws IOException {
        int port = start(config(60_000_000, 100, LONG));
        HttpReply large = new HttpReply(200, HttpReply.JSON, new byte[50_000_000], Map.of());
        try (WireClient first = new WireClient(port);
                WireClient second = new WireClient(port)) {
            first.send(head("GET", "/held", ""));
            held().answer(large);
            second.send(head("GET", "/held", ""));
            held().answer(large);
            WireClient.Answer full = second.answer();
            assertThat(full.status()).isEqualTo(429);
            assertThat(full.body()).contains("60000000 bytes").contains("max-waiting-bytes");
            assertThat(first.answer().bytes()).hasSize(50_000_000);
            second.send(head("GET", "/held", ""));
            held().answer(large);
            assertThat(second.answer().bytes()).hasSize(50_000_000);
        }
    }

    @Test
    void letsPagesOfAllowedOriginsReadAnswers() throws IOException {
        int port = start();
        String desk = "origin: https://desk.example.com\r\n";
        String asks = "access-control-request-method: POST\r\n";
        try (WireClient client = new WireClient(port)) {
            client.send(
                    head(
                            "OPTIONS",
                            "/echo",
                            desk + asks + "access-control-request-headers: authorization\r\n"));
            WireClient.Answer leave = client.answer();
            assertThat(leave.status()).isEqualTo(200);
            assertThat(leave.head())
                    .contains("access-control-allow-origin: https://desk.example.com\r\n")
                    .contains("access-control-allow-methods: POST\r\n")
                    .contains("access-control-allow-headers: authorization\r\n")
                    .contains("vary: origin\r\n");
            client.post("/echo", new byte[3], desk);
            assertThat(client.answer().head())
                    .contains("access-control-allow-origin: https://desk.example.com\r\n")
                    .contains("access-control-expose-headers: *\r\n");
            client.send(head("GET", "/hello/a", desk + "wrong: word\r\n"));
            WireClient.Answer refused = client.answer();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.head()).contains("access-control-allow-origin: ");
        }
    }

    @Test
    void tellsPagesOfOtherOriginsNothing() throws IOException {
        int port = start();
        String asks = "access-control-request-method: POST\r\n";
        String desk = "origin: https://desk.example.com\r\n";
        try (WireClient client = new WireClient(port)) {
            client.send(head("OPTIONS", "/echo", "origin: https://evil.example\r\n" + asks));
            WireClient.Answer refused = client.answer();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.head()).doesNotContain("access-control");
            assertThat(refused.head()).contains("vary: origin\r\n");
            client.send(head("OPTIONS", "/echo", desk));
            assertThat(client.answer().status()).isEqualTo(405);
            client.send(head("OPTIONS", "/nowhere", desk + asks));
            assertThat(client.answer().status()).isEqualTo(404);
        }
    }

    @Test
    void turnsClientsAwayThatAreTooMany() throws IOException {
        int port = start(config(0, 1, LONG));
        try (WireClient first = new WireClient(port)) {
            assertThat(first.get("/hello/a").status()).isEqualTo(200);
            try (WireClient second = new WireClient(port)) {
                WireClient.Answer answer = second.answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).contains("too many clients").endsWith("}");
                assertThat(second.isAtEnd()).isTrue();
            }
            assertThat(first.get("/hello/b").status()).isEqualTo(200);
        }
        await().ignoreExceptions()
                .until(
                        () -> {
                            try (WireClient next = new WireClient(port)) {
                                return next.get("/hello/c").status() == 200;
                            }
                        });
    }

    @Test
    void answersNoPageOfAnotherSiteAndNoForeignNameOnLoopback() throws IOException {
        int port = start();
        try (WireClient client = new WireClient(port)) {
            assertThat(client.get("/hello/a", "origin: https://evil.example").status())
                    .isEqualTo(403);
            assertThat(client.get("/hello/a", "origin: null").status()).isEqualTo(403);
            assertThat(client.get("/hello/a", "sec-fetch-site: cross-site").status())
                    .isEqualTo(403);
            assertThat(client.get("/hello/a", "sec-fetch-site: none").status()).isEqualTo(200);
            assertThat(client.get("/hello/a", "origin: http://localhost").status()).isEqualTo(200);
            assertThat(client.get("/hello/a", "origin: https://Desk.example.com").status())
                    .isEqualTo(200);
            assertThat(asked(client, "rebound.example:8000").status()).isEqualTo(403);
            assertThat(asked(client, "127.0.0.1.evil.example").body())
                    .contains("'127.0.0.1.evil.example'")
                    .contains("allowed-hosts");
            for (String ours :
                    List.of("127.0.0.1:" + port, "[::1]:8000", "LOCALHOST", "models.example.com")) {
                assertThat(asked(client, ours).status()).as(ours).isEqualTo(200);
            }
        }
    }

    private static WireClient.Answer asked(WireClient client, String host) throws IOException {
        client.send(head("GET", "/hello/a", "host: " + host + "\r\n"));
        return client.answer();
    }

    @Test
    void takesTargetsInAbsoluteFormAndKeepsOldClientsThatAskForIt() throws IOException {
        try (WireClient client = new WireClient(start())) {
            client.send("GET http://localhost:8000/hello/a?x=1 HTTP/1.1\r\nhost: ignored\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("a");
            client.send("GET HTTP://evil.example/hello/a HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(403);
            client.send("GET /hello/b HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
            assertThat(client.answer().head()).contains("connection: keep-alive");
            client.send("GET /hello/c HTTP/1.0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("c");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void tellsAClientWhoseAnswerCannotBeSent() throws IOException {
        try (WireClient client = new WireClient(start())) {
            WireClient.Answer answer = client.get("/unsendable");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("incident");
            assertThat(client.get("/hello/a").status()).isEqualTo(200);
        }
    }
}
