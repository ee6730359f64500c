package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.http.HttpRouter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Holds the documents against what the routes do. */
final class OpenApiTest {
    @TempDir private static Path home;
    private static InferenceServer server;
    private static RestClient client;
    private static String key;

    @BeforeAll
    static void start() throws IOException {
        server = InferenceServer.start(home, Map.of());
        client = new RestClient(server);
        server.context.getBean(FirstKey.class).start();
        key = "Bearer " + Files.readString(server.context.getBean(Home.class).adminKey()).strip();
        server.champion(server.register("churn", "v1", TestGraph.tabular(), PredictTest.SIGNATURE));
        server.register("churn", "v2", TestGraph.tabular(), PredictTest.SIGNATURE);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static JsonNode document(String name) {
        HttpResponse<byte[]> response = client.get("/openapi/" + name);
        assertThat(response.headers().firstValue("content-type")).contains("application/yaml");
        Object yaml = new Yaml().load(text(response));
        return new ObjectMapper().valueToTree(yaml);
    }

    @Test
    void describesEveryRouteOfInferenceAndNoOther() {
        List<String> described = new ArrayList<>();
        operations(document("inference.yaml"))
                .forEach(operation -> described.add(operation.method() + " " + operation.path()));
        operations(document("predict.yaml"))
                .forEach(operation -> described.add(operation.method() + " " + operation.path()));
        List<String> served =
                server.context.getBean(HttpRouter.class).routes().stream()
                        .filter(
                                route ->
                                        route.template().startsWith("/v2")
                                                || route.template().startsWith("/api/"))
                        .map(route -> route.method() + " " + route.template())
                        .toList();
        assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void describesWhatComesBack() {
        for (String name : List.of("inference.yaml", "predict.yaml")) {
            JsonNode document = document(name);
            for (Operation operation : operations(document)) {
                String path = operation.path().replace("{version}", "v1");
                answers(document, operation, path.replace("{model}", "churn"), "200");
                if (operation.path().contains("{model}")) {
                    answers(document, operation, path.replace("{model}", "nobody"), "404");
                }
            }
        }
    }

    @Test
    void describesWhatIsRefused() {
        for (String name : List.of("inference.yaml", "predict.yaml")) {
            JsonNode document = document(name);
            for (Operation operation : operations(document)) {
                if (operation.method().equals("POST")) {
                    String path = operation.path().replace("{model}", "churn");
                    HttpResponse<byte[]> refused =
                            client.post(path.replace("{version}", "v1"), "{", "authorization", key);
                    matches(document, operation, refused, "400");
                }
            }
        }
    }

    private static void answers(
            JsonNode document, Operation operation, String path, String status) {
        JsonNode example = operation.node().at("/requestBody/content/application~1json/example");
        HttpResponse<byte[]> response =
                operation.method().equals("GET")
                        ? client.get(path)
                        : client.post(path, example.toString(), "authorization", key);
        matches(document, operation, response, status);
    }

    private static void matches(
            JsonNode document, Operation operation, HttpResponse<byte[]> response, String status) {
        String what = operation.method() + " " + operation.path() + ": " + text(response);
        assertThat(Integer.toString(response.statusCode())).as(what).isEqualTo(status);
        JsonNode described = resolved(document, operation.node().path("responses").path(status));
        JsonNode schema = resolved(document, described.at("/content/application~1json/schema"));
        assertThat(schema.isObject()).as(what).isTrue();
        JsonNode answer = json(response);
        schema.path("required")
                .forEach(field -> assertThat(answer.has(field.asText())).as(what).isTrue());
        answer.fieldNames()
                .forEachRemaining(
                        field ->
                                assertThat(schema.path("properties").has(field))
                                        .as(what + field)
                                        .isTrue());
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                entry -> {
                                                    if (!entry.getKey().equals("parameters")) {
                                                        operations.add(
                                                                new Operation(
                                                                        entry.getKey()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        entry.getValue()));
                                                    }
                                                }));
        return operations;
    }

    private record Operation(String method, String path, JsonNode node) {}
}
