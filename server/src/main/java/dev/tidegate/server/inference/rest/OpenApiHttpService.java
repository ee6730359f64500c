package dev.tidegate.server.inference.rest;

import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI documents of the HTTP port. */
@Singleton
final class OpenApiHttpService implements HttpService {
    private static final String YAML = "application/yaml";

    @Override
    public List<HttpRoute> routes() {
        return List.of(route("inference.yaml"), route("predict.yaml"));
    }

    private static HttpRoute route(String document) {
        HttpReply reply = new HttpReply(200, YAML, bytes(document), Map.of());
        return HttpRoute.prompt("GET", "/openapi/" + document, call -> call.answer(reply));
    }

    private static byte[] bytes(String document) {
        try (InputStream in =
                Objects.requireNonNull(
                        OpenApiHttpService.class.getResourceAsStream(document),
                        document + " is missing beside " + OpenApiHttpService.class.getName())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(document + " cannot be read", e);
        }
    }
}
