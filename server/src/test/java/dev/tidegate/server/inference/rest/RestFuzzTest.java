package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Valid bodies with some bytes changed, from fixed seeds. */
final class RestFuzzTest {
    private static final int PARSED = 60_000;
    private static final int SENT = 1_500;

    private static final List<String> PIECES =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "\"",
                    "}",
                    "]",
                    "1e999",
                    "-",
                    "NaN",
                    "\\u0000",
                    "\\ud83d",
                    ",",
                    ":",
                    "9223372036854775808",
                    "\"inputs\":[",
                    "\"shape\":[-1]",
                    "\"data\":",
                    "FP16",
                    "BYTES",
                    "\"binary_data_size\":",
                    "true",
                    "0",
                    "\u0000",
                    "/**/",
                    "\uFEFF");

    private static final String TEXT =
            """
            {"id":"7","parameters":{"timeout":60000000,"tidegate_unit":"u","binary_data_output":true},
             "inputs":[{"name":"x","shape":[2,1],"datatype":"FP32","data":[[1.5],[-2]],"parameters":{"k":0.5}}],
             "outputs":[{"name":"y","parameters":{"binary_data":false}}]}""";

    private static final String BINARY =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":4}}]}";

    @TempDir private Path home;

    @Test
    void refusesOrReadsWhateverComes() {
        RestRequestProtoMapper mapper = new RestRequestProtoMapper(JsonForm.factory(), 1 << 20);
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < PARSED; i++) {
            byte[] body = mutated(random, random.nextBoolean() ? TEXT : BINARY + "abcd");
            String length = random.nextInt(3) == 0 ? Integer.toString(random.nextInt(300)) : null;
            try {
                mapper.read("m", "", body, length);
            } catch (TidegateException e) {
                assertThat(e.code().kind())
                        .as(new String(body, StandardCharsets.UTF_8))
                        .isIn(ErrorKind.USER, ErrorKind.UNIMPLEMENTED);
                refused++;
            }
        }
        assertThat(refused).isBetween(PARSED / 2, PARSED - 1);
    }

    @Test
    void answersOnAfterWhateverCame() {
        try (InferenceServer server = InferenceServer.start(home, Map.of());
                RestClient client = new RestClient(server)) {
            server.champion(server.register("m", "1", TestGraph.plus(1)));
            Random random = new Random(5);
            for (int i = 0; i < SENT; i++) {
                byte[] body = mutated(random, TEXT);
                HttpResponse<byte[]> response = client.post("/v2/models/m/infer", body);
                assertThat(response.statusCode())
                        .as(() -> new String(body, StandardCharsets.UTF_8) + text(response))
                        .isIn(200, 400, 501, 504);
            }
            HttpResponse<byte[]> good = client.post("/v2/models/m/infer", TEXT);
            assertThat(text(good)).contains("\"data\":[2.5,-1.0]");
        }
    }

    private static byte[] mutated(Random random, String valid) {
        byte[] body = valid.getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && body.length > 0; i++) {
            body = changed(random, body);
        }
        return body;
    }

    private static byte[] changed(Random random, byte[] body) {
        int at = random.nextInt(body.length);
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = body.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> Arrays.copyOf(body, at);
            case 2 -> spliced(body, at, new byte[0], random.nextInt(8));
            case 3 ->
                    spliced(
                            body,
                            at,
                            Arrays.copyOfRange(body, at, Math.min(body.length, at + 12)),
                            0);
            default ->
                    spliced(
                            body,
                            at,
                            PIECES.get(random.nextInt(PIECES.size()))
                                    .getBytes(StandardCharsets.UTF_8),
                            random.nextInt(6));
        };
    }

    /** Returns the body with something put in, and some bytes left out, at a place. */
    private static byte[] spliced(byte[] body, int at, byte[] put, int leftOut) {
        int rest = Math.min(body.length, at + leftOut);
        byte[] spliced = Arrays.copyOf(body, at + put.length + body.length - rest);
        System.arraycopy(put, 0, spliced, at, put.length);
        System.arraycopy(body, rest, spliced, at + put.length, body.length - rest);
        return spliced;
    }
}
