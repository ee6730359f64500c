package dev.tidegate.server.inference.rest;

import static dev.tidegate.server.inference.rest.RestClient.json;
import static dev.tidegate.server.inference.rest.RestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestMetadataTest {
    @TempDir private Path home;

    @Test
    void saysWhatTheServerAndItsModelsAre() {
        try (InferenceServer server = InferenceServer.start(home, Map.of());
                RestClient client = new RestClient(server)) {
            server.champion(server.register("m", "1", TestGraph.add(3)));
            server.register("m", "2", TestGraph.add(3));

            assertThat(text(client.get("/v2/health/live"))).isEqualTo("{\"live\":true}");
            assertThat(text(client.get("/v2/health/ready"))).isEqualTo("{\"ready\":true}");
            JsonNode about = json(client.get("/v2/"));
            assertThat(about.path("name").asText()).isEqualTo("tidegate");
            assertThat(about.path("extensions"))
                    .anyMatch(e -> e.asText().equals("binary_tensor_data"));

            JsonNode model = json(client.get("/v2/models/m"));
            assertThat(model.path("versions")).isEqualTo(json("[\"1\",\"2\"]"));
            assertThat(model.path("platform").asText()).isEqualTo("onnx_onnxv1");
            assertThat(model.path("inputs"))
                    .isEqualTo(
                            json(
                                    "[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[-1,3]},{\"name\":\"b\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]"));
            assertThat(model.path("outputs").get(0).path("name").asText()).isEqualTo("sum");
            assertThat(json(client.get("/v2/models/m/versions/2")).path("properties"))
                    .anyMatch(value -> value.asText().equals("2"));

            assertThat(text(client.get("/v2/models/m/ready")))
                    .isEqualTo("{\"name\":\"m\",\"ready\":true}");
            assertThat(client.get("/v2/models/m/versions/2/ready").statusCode()).isEqualTo(503);
            assertThat(client.get("/v2/models/none/ready").statusCode()).isEqualTo(404);
            assertThat(client.get("/v2/models/m/versions/3").statusCode()).isEqualTo(404);
        }
    }
}
