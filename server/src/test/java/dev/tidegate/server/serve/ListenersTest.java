package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenersTest {
    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void servesOperatorsOnTheManagementPortAndHealthOnBoth()
            throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            int http = ready.path("http").asInt();
            int management = ready.path("management").asInt();

            for (int port : new int[] {http, management}) {
                assertThat(get(port, "/health").body()).contains("\"status\":\"UP\"");
                assertThat(get(port, "/health/readiness").statusCode()).isEqualTo(200);
                assertThat(get(port, "/health/liveness").statusCode()).isEqualTo(200);
                assertThat(get(port, "/nothing").statusCode()).isEqualTo(404);
            }
            assertThat(get(management, "/version").body())
                    .isEqualTo("{\"version\":\"%s\"}".formatted(ready.path("version").asText()));
            assertThat(get(http, "/version").statusCode()).isEqualTo(404);
            assertThat(get(management, "/info").statusCode()).isEqualTo(404);
            assertThat(get(http, "/info").statusCode()).isEqualTo(404);
            assertThat(get(http, "/beans").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private ServeFlags flags() throws IOException {
        StorageLocation database = TestDatabase.createEmpty();
        Path config =
                Files.writeString(
                        folder.resolve("tidegate.yaml"),
                        "tidegate: {storage: {username: '%s', password: '%s'}}"
                                .formatted(database.username(), database.password()));
        return new ServeFlags(
                folder.resolve("home"),
                0,
                0,
                0,
                database.url(),
                config,
                null,
                null,
                false,
                new TlsFlags());
    }
}
