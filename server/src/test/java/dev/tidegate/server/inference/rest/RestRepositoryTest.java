package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.storage.Database;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Triton ask over HTTP beside the standard. */
final class RestRepositoryTest {
    @TempDir private Path home;
    private InferenceServer server;
    private RestClient client;
    private String key;

    @BeforeEach
    void start() throws IOException {
        server = InferenceServer.start(home, Map.of());
        client = new RestClient(server);
        server.context.getBean(FirstKey.class).start();
        key = "Bearer " + Files.readString(server.context.getBean(Home.class).adminKey()).strip();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void listsLoadsAndUnloads() {
        server.champion(server.register("a", "1", TestGraph.plus(1)));
        server.register("b", "1", TestGraph.plus(2));
        server.register("b", "2", TestGraph.plus(3));
        String a = "{\"name\":\"a\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}";
        assertThat(json(client.post("/v2/repository/index", "")))
                .isEqualTo(json("[%s,%s,%s]".formatted(a, absent("1"), absent("2"))));
        assertThat(json(client.post("/v2/repository/index", "{\"ready\":true}")))
                .isEqualTo(json("[" + a + "]"));

        assertThat(client.post("/v2/repository/models/b/load", "{}").statusCode()).isEqualTo(401);
        assertThat(command("b/load", "{\"parameters\":{\"tidegate_version\":\"1\"}}").statusCode())
                .isEqualTo(200);
        assertThat(client.get("/v2/models/b/versions/1/ready").statusCode()).isEqualTo(200);
        assertThat(client.get("/v2/models/b/versions/2/ready").statusCode()).isEqualTo(503);
        assertThat(
                        command("b/unload", "{\"parameters\":{\"unload_dependents\":false}}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/v2/models/b/versions/1/ready").statusCode()).isEqualTo(503);
        assertThat(command("a/unload", "").statusCode()).isEqualTo(409);
        assertThat(command("nope/load", "").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> config = command("b/load", "{\"parameters\":{\"config\":\"{}\"}}");
        assertThat(config.statusCode()).isEqualTo(501);
        assertThat(text(config)).contains("'config'");
        assertThat(audited("version.loaded")).isEqualTo(1);
        assertThat(audited("version.unloaded")).isEqualTo(1);
    }

    private static String absent(String version) {
        return "{\"name\":\"b\",\"version\":\"%s\",\"state\":\"UNAVAILABLE\",\"reason\":\"not in memory\"}"
                .formatted(version);
    }

    private HttpResponse<byte[]> command(String path, String body) {
        return client.post("/v2/repository/models/" + path, body, "authorization", key);
    }

    private long audited(String action) {
        return server.context
                .getBean(Database.class)
                .read(
                        handle ->
                                handle.createQuery(
                                                "select count(*) from audit_event where action = :action")
                                        .bind("action", action)
                                        .mapTo(Long.class)
                                        .one());
    }

    @Test
    void saysWhatVersionsAreAndDid() {
        server.champion(server.register("m", "1", TestGraph.add(3)));
        server.champion(server.register("other", "1", TestGraph.plus(1)));
        String input =
                "{\"name\":\"%s\",\"datatype\":\"FP32\",\"shape\":[2,3],\"data\":[1,2,3,4,5,6]}";
        assertThat(
                        client.post(
                                        "/v2/models/m/infer",
                                        "{\"inputs\":[%s,%s]}"
                                                .formatted(
                                                        input.formatted("a"), input.formatted("b")))
                                .statusCode())
                .isEqualTo(200);

        JsonNode one = json(client.get("/v2/models/m/stats")).path("model_stats");
        assertThat(one).hasSize(1);
        assertThat(one.path(0).path("inference_count")).isEqualTo(json("2"));
        assertThat(one.path(0).path("execution_count")).isEqualTo(json("1"));
        assertThat(one.path(0).at("/inference_stats/success/count")).isEqualTo(json("1"));
        assertThat(one.path(0).at("/inference_stats/success/ns").asLong()).isPositive();
        assertThat(one.path(0).at("/inference_stats/fail"))
                .isEqualTo(json("{\"count\":0,\"ns\":0}"));
        assertThat(json(client.get("/v2/models/m/versions/1/stats")).path("model_stats"))
                .isEqualTo(one);
        assertThat(json(client.get("/v2/models/stats")).path("model_stats")).hasSize(2);
        assertThat(client.get("/v2/models/nope/stats").statusCode()).isEqualTo(404);

        JsonNode config = json(client.get("/v2/models/m/config"));
        assertThat(config.path("name").asText()).isEqualTo("m");
        assertThat(config.path("max_batch_size")).isEqualTo(json("0"));
        assertThat(config.at("/input/0/data_type").asText()).isEqualTo("TYPE_FP32");
        assertThat(config.at("/input/0/dims")).isEqualTo(json("[-1,3]"));
        assertThat(config.at("/parameters/tidegate_version/string_value").asText()).isEqualTo("1");
        assertThat(json(client.get("/v2/models/m/versions/1/config"))).isEqualTo(config);
    }
}
