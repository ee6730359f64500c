package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model gives back what it got: two numbers and a category. */
final class PredictTest {
    private static final String PATH = "/api/v1/predict";

    static final String SIGNATURE =
            """
            {"columns":[
               {"name":"age","kind":"number","input":"numbers","index":1,"nullable":false},
               {"name":"income","kind":"number","input":"numbers","index":0,"nullable":true},
               {"name":"contract","kind":"category","input":"contract","index":0,"nullable":false,"allowed":["One","Two"]}],
             "inputs":[{"name":"numbers","datatype":"FP32","shape":[-1,2]},{"name":"contract","datatype":"BYTES","shape":[-1,1]}],
             "outputs":[{"name":"same","datatype":"FP32","shape":[-1,2]},{"name":"kind","datatype":"BYTES","shape":[-1,1]}]}""";

    @TempDir private static Path home;
    private static InferenceServer server;
    private static RestClient client;

    @BeforeAll
    static void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.predict.default-model",
                                "churn",
                                "tidegate.predict.max-rows",
                                3,
                                "tidegate.predict.max-bytes",
                                10_000));
        client = new RestClient(server);
        server.champion(server.register("churn", "1", TestGraph.tabular(), SIGNATURE));
        server.register("churn", "2", TestGraph.tabular(), SIGNATURE);
        server.champion(server.register("plus", "1", TestGraph.plus(1)));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void answersOneRowAndEchoesTheCustomer() {
        HttpResponse<byte[]> response =
                client.post(
                        PATH,
                        "{\"customer_id\":\"c-17\",\"features\":{\"contract\":\"Two\",\"age\":41,\"income\":null}}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.path("model").asText()).isEqualTo("churn");
        assertThat(answer.path("version").asText()).isEqualTo("1");
        assertThat(answer.path("customer_id").asText()).isEqualTo("c-17");
        assertThat(answer.path("reason").asText()).isEqualTo("champion");
        assertThat(Instant.parse(answer.path("time").asText())).isNotNull();
        assertThat(answer.path("prediction")).isEqualTo(json("[\"NaN\",41.0]"));
        assertThat(answer.path("outputs"))
                .isEqualTo(json("{\"same\":[\"NaN\",41.0],\"kind\":\"Two\"}"));
        var event = server.events().getLast();
        assertThat(answer.path("id").asText()).isEqualTo(event.predictionId().toString());
        client.post(
                PATH, "{\"customer_id\":\"c-17\",\"features\":{\"contract\":\"One\",\"age\":1}}");
        assertThat(server.events().getLast().unitHash()).isEqualTo(event.unitHash());
    }

    @Test
    void answersManyRowsInTheirOrder() {
        JsonNode answer =
                json(
                        client.post(
                                PATH,
                                "{\"model\":\"churn\",\"version\":\"2\",\"rows\":[{\"age\":1,\"contract\":\"One\",\"income\":2.5},{\"age\":3,\"contract\":\"Two\",\"income\":4}]}"));
        assertThat(answer.path("version").asText()).isEqualTo("2");
        assertThat(answer.path("reason").asText()).isEqualTo("pinned");
        assertThat(answer.path("predictions"))
                .isEqualTo(
                        json(
                                "[{\"prediction\":[2.5,1.0],\"outputs\":{\"same\":[2.5,1.0],\"kind\":\"One\"}},{\"prediction\":[4.0,3.0],\"outputs\":{\"same\":[4.0,3.0],\"kind\":\"Two\"}}]"));
    }

    @Test
    void takesAModelWithoutNamedColumnsByItsInput() {
        JsonNode answer = json(client.post(PATH, "{\"model\":\"plus\",\"features\":{\"x\":[41]}}"));
        assertThat(answer.path("prediction").asDouble()).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|expected one of features",
                "{\"features\":{},\"rows\":[]}|expected one of features",
                "{\"rows\":[]}|at least one row",
                "{\"rows\":[1]}|row 1 is 1, expected an object",
                "{\"feature\":{}}|field 'feature' is unknown",
                "{\"features\":{},\"features\":{}}|features came twice",
                "{\"features\":{\"age\":1,\"age\":2}}|feature 'age' came twice",
                "{\"features\":{\"agee\":1}}|feature 'agee' is unknown; the model's features are age, income, contract",
                "{\"features\":{\"contract\":\"One\"}}|feature 'age' is missing, expected a number",
                "{\"features\":{\"contract\":\"One\",\"age\":\"old\"}}|feature 'age' is the text 'old', expected a number",
                "{\"features\":{\"contract\":\"One\",\"age\":true}}|feature 'age' is true, expected a number",
                "{\"features\":{\"contract\":\"One\",\"age\":[1]}}|feature 'age' is [1], expected a number",
                "{\"features\":{\"contract\":5,\"age\":1}}|feature 'contract' is 5, expected a category of [One, Two]",
                "{\"features\":{\"contract\":\"Six\",\"age\":1}}|'Six'",
                "{\"features\":{\"contract\":{},\"age\":1}}|feature 'contract' is {, expected a string",
                "{\"rows\":[{\"contract\":\"One\",\"age\":1},{\"contract\":\"One\"}]}|row 2: feature 'age' is missing",
                "{\"customer_id\":{},\"features\":{}}|customer_id",
                "{\"features\":{\"contract\":\"One\",\"age\":1}|no JSON",
            })
    void namesTheFieldWhatCameAndWhatWasExpected(String body, String words) {
        HttpResponse<byte[]> response = client.post(PATH, body);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(words);
    }

    @Test
    void refusesMoreRowsAndMoreBytesThanItTakesApart() {
        HttpResponse<byte[]> rows = client.post(PATH, "{\"rows\":[{},{},{},{}]}");
        assertThat(rows.statusCode()).isEqualTo(400);
        assertThat(text(rows)).contains("more than 3 rows").contains("max-rows");
        HttpResponse<byte[]> bytes =
                client.post(PATH, "{\"model\":\"" + "m".repeat(10_000) + "\"}");
        assertThat(bytes.statusCode()).isEqualTo(400);
        assertThat(text(bytes)).contains("expected at most 10000").contains("max-bytes");
    }

    @Test
    void saysThatAModelIsUnknown() {
        HttpResponse<byte[]> response =
                client.post(PATH, "{\"model\":\"nope\",\"features\":{\"x\":1}}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response)).contains("'nope'");
    }
}
