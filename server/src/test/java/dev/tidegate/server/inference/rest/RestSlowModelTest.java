package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request runs on a worker, and one may wait for it. */
final class RestSlowModelTest {
    private static final String PATH = "/v2/models/slow/infer";

    /** As many turns of a loop as no test lives to see the end of. */
    private static final String FOREVER = "1e10";

    @TempDir private Path home;
    private InferenceServer server;
    private RestClient client;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.inline-limit", "0ms",
                                "tidegate.inference.workers", 1,
                                "tidegate.inference.max-batch", 1,
                                "tidegate.inference.queue", 1));
        client = new RestClient(server);
        server.champion(server.register("slow", "1", TestGraph.plusThatTakesItsTime()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String body(String turns) {
        return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[%s]}]}"
                .formatted(turns);
    }

    private Socket ask(String turns) throws IOException {
        URI uri = server.uri(PATH);
        String body = body(turns);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream()
                .write(
                        "POST %s HTTP/1.1\r\ncontent-length: %d\r\n\r\n%s"
                                .formatted(PATH, body.length(), body)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void refusesWhatIsTooMuchAndForgetsWhoeverIsGone() throws IOException {
        Socket first = ask(FOREVER);
        Socket second = ask(FOREVER);
        HttpResponse<byte[]> refused =
                await().until(
                                () -> client.post(PATH, body(FOREVER), "grpc-timeout", "100m"),
                                response -> response.statusCode() == 429);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        first.close();
        second.close();
        await().until(() -> cancelled() >= 2);
        HttpResponse<byte[]> next = client.post(PATH, body("1"));
        assertThat(next.statusCode()).as(text(next)).isEqualTo(200);
    }

    private long cancelled() {
        return server.events().stream()
                .map(ArmEvent::outcome)
                .filter(outcome -> outcome == Outcome.CANCELLED)
                .count();
    }
}
