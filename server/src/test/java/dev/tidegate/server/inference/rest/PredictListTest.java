package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists as features, to models that give back what they got. */
final class PredictListTest {
    @TempDir private static Path home;
    private static InferenceServer server;
    private static RestClient client;

    @BeforeAll
    static void start() {
        server = InferenceServer.start(home, Map.of());
        client = new RestClient(server);
        for (DataType type :
                new DataType[] {
                    DataType.FLOAT16,
                    DataType.BFLOAT16,
                    DataType.FLOAT,
                    DataType.INT64,
                    DataType.STRING,
                    DataType.BOOL
                }) {
            serve(type.name().toLowerCase(Locale.ROOT), TestGraph.identity(type, "n", 2));
        }
        serve("free", TestGraph.identity(DataType.FLOAT, "n", "m"));
        serve("square", TestGraph.identity(DataType.FLOAT, "n", 2, 3));
        serve("places", TestGraph.nonZero());
    }

    private static void serve(String model, byte[] graph) {
        server.champion(server.register(model, "1", graph));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static HttpResponse<byte[]> ask(String model, String... rows) {
        return client.post(
                "/api/v1/predict",
                "{\"model\":\"%s\",\"rows\":[{\"x\":%s}]}"
                        .formatted(model, String.join("},{\"x\":", rows)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float16|[1.5,-2]|[1.5,-2.0]",
                "float16|[null,65504]|[\"NaN\",65504.0]",
                "bfloat16|[1.5,\"Infinity\"]|[1.5,\"Infinity\"]",
                "float|[[0.1,2]]|[0.1,2.0]",
                "int64|[9007199254740993,-1]|[9007199254740993,-1]",
                "string|[\"a\",\"\"]|[\"a\",\"\"]",
                "bool|[true,false]|[true,false]",
                "square|[[1,2,3],[4,5,6]]|[1.0,2.0,3.0,4.0,5.0,6.0]",
                "square|[1,2,3,4,5,6]|[1.0,2.0,3.0,4.0,5.0,6.0]",
                "free|[1,2,3]|[1.0,2.0,3.0]"
            })
    void givesEachTypeBack(String model, String list, String expected) {
        HttpResponse<byte[]> response = ask(model, list, list);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("predictions").path(1).path("prediction"))
                .isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float|[1,2]|[1,2,3]|row 2: feature 'x' has 3 elements in the shape [3], expected [2]",
                "float|[1]|[1,2,3]|row 1: feature 'x' has 1 elements in the shape [1], expected [2]",
                "float|[1,2]|[1,[2]]|row 2: the lists of feature 'x' are not of the same length",
                "free|[1,2]|[1,2,3]|row 2: feature 'x' has the shape [3], expected [2] as in the rows before",
                "square|[[1,2,3],[4,5,6]]|[[1,2],[3,4],[5,6]]|row 2: feature 'x' has 6 elements in the shape [3, 2], expected [2, 3]",
                "float|[1,2]|[1,\"2\"]|row 2: feature 'x' is [1, 2], expected a list of FP32",
                "int64|[1,2]|[1,3.0]|row 2: feature 'x' is 3.0, expected a value that INT64 can hold",
                "string|[\"a\",\"b\"]|[\"a\",1]|row 2: feature 'x' is [a, 1], expected a list of BYTES",
                "bool|[true,true]|[1,0]|row 2: feature 'x' is [1, 0], expected a list of BOOL",
                "float|[1,2]|[1,1e39]|row 2: feature 'x' is 1.0E39, expected a value that FP32 can hold",
                "float16|[1,2]|[1,65520]|row 2: feature 'x' is 65520, expected a value that FP16 can hold",
                "bfloat16|[1,2]|[1,3.4e38]|row 2: feature 'x' is 3.4E38, expected a value that BF16 can hold",
                "float|[1,2]|[1,1e999]|row 2: feature 'x' is 1e999, expected a number that FP64 can hold"
            })
    void namesTheRowAndTheFeatureOfAListThatDoesNotFit(
            String model, String first, String second, String words) {
        HttpResponse<byte[]> response = ask(model, first, second);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(words);
    }

    @Test
    void partsNoOutputByRowsThatDoesNotCountThem() {
        HttpResponse<byte[]> many = ask("places", "[1]", "[0]", "[1]");
        assertThat(many.statusCode()).as(text(many)).isEqualTo(400);
        assertThat(text(many)).contains("does not begin with the 3 rows");
        assertThat(ask("places", "[1]").statusCode()).isEqualTo(200);
    }
}
