package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestInferTest {
    private static final String PLUS = "/v2/models/plus/infer";

    @TempDir private static Path home;
    private static InferenceServer server;
    private static RestClient client;

    @BeforeAll
    static void start() {
        server = InferenceServer.start(home, Map.of("tidegate.edge.max-message-bytes", 1 << 20));
        client = new RestClient(server);
        server.champion(server.register("plus", "1", TestGraph.plus(1)));
        server.champion(server.register("add", "1", TestGraph.add(2)));
        for (DataType type :
                new DataType[] {
                    DataType.BOOL,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.INT16,
                    DataType.INT32,
                    DataType.INT64,
                    DataType.FLOAT16,
                    DataType.BFLOAT16,
                    DataType.FLOAT,
                    DataType.DOUBLE,
                    DataType.STRING
                }) {
            server.champion(
                    server.register(
                            "same-" + type.name().toLowerCase(java.util.Locale.ROOT),
                            "1",
                            TestGraph.identity(type, "n")));
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String input(String name, String datatype, String shape, String data) {
        return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}"
                .formatted(name, datatype, shape, data);
    }

    private static String body(String... inputs) {
        return "{\"inputs\":[" + String.join(",", inputs) + "]}";
    }

    @Test
    void answersFlatAndNestedDataAlike() {
        String flat =
                body(
                        input("a", "FP32", "[2,2]", "[1,2,3,4]"),
                        input("b", "FP32", "[2,2]", "[[10,20],[30,40]]"));
        HttpResponse<byte[]> response = client.post("/v2/models/add/infer", flat);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        JsonNode output = json(response).path("outputs").get(0);
        assertThat(output)
                .isEqualTo(
                        json(
                                "{\"name\":\"sum\",\"datatype\":\"FP32\",\"shape\":[2,2],\"data\":[11.0,22.0,33.0,44.0]}"));
    }

    @Test
    void takesTheFieldsInAnyOrderAndPassesOverUnknownOnes() {
        HttpResponse<byte[]> response =
                client.post(
                        PLUS,
                        """
                        {"extra":{"deep":[[1]]},"outputs":[{"name":"y","parameters":{"note":1}}],
                         "inputs":[{"data":[[41.5]],"why":[{}],"shape":[1,1],"name":"x","datatype":"FP32"}],
                         "id":"r-1"}
                        """);
        JsonNode answer = json(response);
        assertThat(answer.path("id").asText()).isEqualTo("r-1");
        assertThat(answer.path("outputs").get(0).path("data").get(0).asDouble()).isEqualTo(42.5);
    }

    @Test
    void saysWhoAnsweredAndKeepsTheUnit() throws InvalidProtocolBufferException {
        HttpResponse<byte[]> response =
                client.post(
                        PLUS,
                        "{\"parameters\":{\"tidegate_unit\":\"u-1\",\"big\":18446744073709551615,\"share\":0.5,\"on\":true},"
                                + "\"inputs\":["
                                + input("x", "FP32", "[1,1]", "[1]")
                                + "]}");
        JsonNode answer = json(response);
        assertThat(answer.path("model_name").asText()).isEqualTo("plus");
        assertThat(answer.path("model_version").asText()).isEqualTo("1");
        JsonNode parameters = answer.path("parameters");
        assertThat(parameters.path("tidegate_arm").asText()).isEqualTo("champion");
        assertThat(parameters.path("tidegate_epoch").isIntegralNumber()).isTrue();
        ArmEvent event =
                server.events().stream()
                        .filter(
                                e ->
                                        e.predictionId()
                                                .toString()
                                                .equals(
                                                        parameters
                                                                .path("tidegate_prediction_id")
                                                                .asText()))
                        .findFirst()
                        .orElseThrow();
        ModelInferRequest kept = ModelInferRequest.parseFrom(event.request().bytes());
        assertThat(kept.getParametersOrThrow("tidegate_unit").getStringParam()).isEqualTo("u-1");
        assertThat(kept.getParametersOrThrow("big").getUint64Param()).isEqualTo(-1L);
        assertThat(kept.getParametersOrThrow("share").getDoubleParam()).isEqualTo(0.5);
        assertThat(kept.getParametersOrThrow("on").getBoolParam()).isTrue();
        client.post(PLUS, body(input("x", "FP32", "[1,1]", "[1]")), "tidegate-unit", "u-1");
        assertThat(server.events().getLast().unitHash()).isEqualTo(event.unitHash());
    }

    @Test
    void givesANamedVersion() {
        server.register("plus", "2", TestGraph.plus(2));
        JsonNode answer =
                json(
                        client.post(
                                "/v2/models/plus/versions/2/infer",
                                body(input("x", "FP32", "[1,1]", "[1]"))));
        assertThat(answer.path("model_version").asText()).isEqualTo("2");
        assertThat(answer.path("outputs").get(0).path("data").get(0).asInt()).isEqualTo(3);
        assertThat(answer.path("parameters").path("tidegate_reason").asText()).isEqualTo("pinned");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|BOOL|[true,false]|[true,false]",
                "int8|INT8|[-128,127]|[-128,127]",
                "uint8|UINT8|[0,255]|[0,255]",
                "int16|INT16|[-32768,32767]|[-32768,32767]",
                "int32|INT32|[-2147483648,2147483647]|[-2147483648,2147483647]",
                "int64|INT64|[-9223372036854775808,9223372036854775807]|[-9223372036854775808,9223372036854775807]",
                "float16|FP16|[1.5,-65504]|[1.5,-65504.0]",
                "bfloat16|BF16|[1.5,-2]|[1.5,-2.0]",
                "float|FP32|[0.1,-3.4028235e38,1]|[0.1,-3.4028235E38,1.0]",
                "float|FP32|[NaN,null,-Infinity,'NaN','Infinity']|['NaN','NaN','-Infinity','NaN','Infinity']",
                "double|FP64|[0.1,5e-324,1.7976931348623157e308,NaN]|[0.1,4.9E-324,1.7976931348623157E308,'NaN']",
                "string|BYTES|['','a b','\\u00e9\\n😀']|['','a b','é\\n😀']",
            })
    void keepsEveryValueOfEveryType(String model, String datatype, String data, String expected) {
        String sent = data.replace('\'', '"');
        String shape = "[" + sent.split(",", -1).length + "]";
        HttpResponse<byte[]> response =
                client.post(
                        "/v2/models/same-" + model + "/infer",
                        body(input("x", datatype, shape, sent)));
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(text(response)).contains("\"data\":" + expected.replace('\'', '"'));
    }

    @Test
    void takesAndGivesBinaryTensorsBehindTheJson() {
        String head =
                "{\"parameters\":{\"binary_data_output\":true},\"inputs\":["
                        + "{\"name\":\"b\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}},"
                        + input("a", "FP32", "[1,2]", "[1,2]")
                        + "]}";
        HttpResponse<byte[]> response = binary("/v2/models/add/infer", head, 10f, 20f);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        int length =
                Integer.parseInt(
                        response.headers()
                                .firstValue("inference-header-content-length")
                                .orElseThrow());
        JsonNode output =
                json(new String(response.body(), 0, length, StandardCharsets.UTF_8))
                        .path("outputs")
                        .get(0);
        assertThat(output.path("parameters").path("binary_data_size").asInt()).isEqualTo(8);
        assertThat(output.has("data")).isFalse();
        ByteBuffer tail =
                ByteBuffer.wrap(response.body(), length, response.body().length - length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(tail.getFloat()).isEqualTo(11);
        assertThat(tail.getFloat()).isEqualTo(22);
        assertThat(tail.hasRemaining()).isFalse();
    }

    @Test
    void givesAnOutputAsItAsksItself() {
        String input = input("x", "FP32", "[1,1]", "[1]");
        HttpResponse<byte[]> bytes =
                client.post(
                        PLUS,
                        "{\"inputs\":["
                                + input
                                + "],\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}");
        assertThat(bytes.headers().firstValue("inference-header-content-length")).isPresent();
        HttpResponse<byte[]> text =
                client.post(
                        PLUS,
                        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":["
                                + input
                                + "],\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":false}}]}");
        assertThat(json(text).path("outputs").get(0).path("data").get(0).asInt()).isEqualTo(2);
    }

    private static HttpResponse<byte[]> binary(String path, String head, float... values) {
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        ByteBuffer tail = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            tail.putFloat(value);
        }
        body.writeBytes(tail.array());
        return client.post(
                path,
                body.toByteArray(),
                "Inference-Header-Content-Length",
                Integer.toString(json.length));
    }

    @Test
    void refusesBinaryDataThatDoNotAddUp() {
        String head =
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":4}}]}";
        refused(binary(PLUS, head), "input 'x'", "binary_data_size is 4", "0 bytes");
        refused(binary(PLUS, head, 1, 2), "4 bytes of binary data are left");
        refused(binary(PLUS, head.replace(":4}", ":-4}"), 1), "binary_data_size");
        refused(binary(PLUS, head.replace(":4}", ":\"4\"}"), 1), "binary_data_size");
        for (String length : new String[] {"-1", "x", "99999999", "2147483648"}) {
            refused(
                    client.post(PLUS, head, "Inference-Header-Content-Length", length),
                    length,
                    "expected 0 to");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "[]|an object",
                "{|no JSON",
                "{}|inputs is missing",
                "{\"inputs\":[]}|input 'x' is missing",
                "{\"inputs\":{}}|a list",
                "{\"inputs\":[]} x|no JSON",
                "{\"inputs\":[]} {}|follows",
                "{\"inputs\":[],\"inputs\":[]}|inputs came twice",
                "{\"inputs\":[1]}|an object",
                "{\"inputs\":[{\"name\":\"x\",\"name\":\"x\"}]}|name came twice",
                "{\"inputs\":[{\"name\":5}]}|a string",
                "{\"inputs\":[{\"datatype\":\"FP32\"}]}|no name",
                "{\"inputs\":[{\"name\":\"x\"}]}|datatype is missing",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\"}]}|shape is missing",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP31\"}]}|FP31",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1.5]}]}|whole numbers",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1]}]}|neither",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":1}]}|a list",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[1,2]}]}|2 elements came in data, expected 1",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2,1],\"data\":[[1,2]]}]}|shape [2, 1]",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2,1],\"data\":[1,[2]]}]}|shape [2, 1]",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[[[1]]]}]}|deeper",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[1e39]}]}|can hold",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[\"1\"]}]}|expected a number",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[{}]}]}|expected a number",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT8\",\"shape\":[1,1],\"data\":[128]}]}|from -128 to 127",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT64\",\"shape\":[1,1],\"data\":[1.0]}]}|whole number",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT64\",\"shape\":[1,1],\"data\":[9223372036854775808]}]}|whole number",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"UINT64\",\"shape\":[1,1],\"data\":[18446744073709551616]}]}|whole number",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"\\ud800\"]}]}|surrogate",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT32\",\"shape\":[1,1],\"data\":[1]}]}|came, expected FP32",
                "{\"inputs\":[],\"outputs\":[{}]}|no name",
                "{\"inputs\":[],\"parameters\":{\"a\":null}}|parameter 'a' is null",
                "{\"inputs\":[],\"parameters\":{\"a\":1,\"a\":1}}|parameter 'a' came twice",
                "{\"inputs\":[],\"parameters\":{\"timeout\":\"1\"}}|microseconds",
                "{\"inputs\":[],\"id\":7}|id is 7",
            })
    void refusesWhatIsNoRequest(String body, String word) {
        refused(client.post(PLUS, body), word);
    }

    @Test
    void refusesWhatIsDeepLongOrNotUtf8() {
        refused(client.post(PLUS, "{\"inputs\":" + "[".repeat(100_000)), "");
        refused(client.post(PLUS, "{\"a\":" + "[".repeat(100_000)), "no JSON");
        refused(
                client.post(PLUS, body(input("x", "FP32", "[1,1]", "[" + "9".repeat(1_000) + "]"))),
                "no JSON");
        refused(client.post(PLUS, "{\"inputs\":[]}".getBytes(StandardCharsets.UTF_16LE)), "");
        refused(client.post(PLUS, new byte[] {'{', '"', (byte) 0xFF, '"'}), "no JSON");
    }

    @Test
    void namesTheLogsEntryOfARequestThatFailed() {
        server.champion(server.register("fails", "1", TestGraph.plusThatFailsFromThree(1)));
        HttpResponse<byte[]> failed =
                client.post("/v2/models/fails/infer", body(input("x", "FP32", "[1,1]", "[5]")));
        assertThat(failed.statusCode()).as(text(failed)).isEqualTo(500);
        String id = failed.headers().firstValue("tidegate-prediction-id").orElseThrow();
        assertThat(server.events()).anyMatch(event -> event.predictionId().toString().equals(id));
        HttpResponse<byte[]> unrouted = client.post("/v2/models/nope/infer", body());
        assertThat(unrouted.headers().firstValue("tidegate-prediction-id")).isEmpty();
    }

    @Test
    void answersWithAFittingStatus() {
        HttpResponse<byte[]> unknown = client.post("/v2/models/nope/infer", body());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("error").asText()).contains("'nope'");
        server.register("idle", "1", TestGraph.plus(1));
        assertThat(client.post("/v2/models/idle/infer", body()).statusCode()).isEqualTo(409);
        assertThat(client.post("/v2/models/plus/versions/9/infer", body()).statusCode())
                .isEqualTo(404);
        assertThat(client.get(PLUS).statusCode()).isEqualTo(405);
        assertThat(client.post("/v2/models/%E9/infer", body()).statusCode()).isEqualTo(404);
        assertThat(client.post(PLUS, body(), "authorization", "Bearer nothing").statusCode())
                .isEqualTo(401);
        HttpResponse<byte[]> late =
                client.post(PLUS, body(input("x", "FP32", "[1,1]", "[1]")), "grpc-timeout", "0n");
        assertThat(late.statusCode()).as(text(late)).isEqualTo(504);
        refused(client.post(PLUS, body(), "grpc-timeout", "soon"), "'soon'");
        assertThat(client.post(PLUS, new byte[(1 << 20) + 1]).statusCode()).isEqualTo(413);
    }

    private static void refused(HttpResponse<byte[]> response, String... words) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
        assertThat(response.headers().firstValue("tidegate-error")).contains("1 INVALID_ARGUMENT");
        assertThat(json(response).path("error").asText()).contains(words);
    }

    @Test
    void refusesMoreThanItTakesWhenJsonHasBecomeTensors() {
        String zeros = "0,".repeat(140_000) + "0";
        HttpResponse<byte[]> large =
                client.post(
                        "/v2/models/same-double/infer",
                        body(input("x", "FP64", "[140001]", "[" + zeros + "]")));
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(text(large)).contains("more than 1048576 bytes").contains("max-message-bytes");
        String tensor = input("x", "FP64", "[0]", "[]");
        HttpResponse<byte[]> inputs =
                client.post(PLUS, body((tensor + ",").repeat(4_096) + tensor));
        assertThat(inputs.statusCode()).isEqualTo(400);
        assertThat(text(inputs)).contains("inputs has more than 4096 entries");
        StringBuilder parameters = new StringBuilder("{\"inputs\":[],\"parameters\":{\"p\":1");
        for (int i = 0; i < 256; i++) {
            parameters.append(",\"p").append(i).append("\":1");
        }
        HttpResponse<byte[]> many = client.post(PLUS, parameters + "}}");
        assertThat(many.statusCode()).isEqualTo(400);
        assertThat(text(many)).contains("parameters has more than 256 entries");
    }
}
