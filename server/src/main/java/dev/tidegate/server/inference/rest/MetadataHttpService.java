package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidegate.server.inference.RegistryLookups;
import dev.tidegate.server.inference.ServedModels;
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpHandler;
import dev.tidegate.server.platform.http.HttpReply;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import dev.tidegate.server.registry.SignatureJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the server and its models are, over REST. */
@Singleton
final class MetadataHttpService implements HttpService {
    private static final int NOT_NOW = 503;

    private final JsonFactory factory = JsonForm.factory();
    private final ServedModels models;
    private final RegistryLookups lookups;
    private final MetadataJsonProtoMapper metadata;
    private final ServerStream lifecycle;
    private final String version;

    MetadataHttpService(
            ServedModels models,
            RegistryLookups lookups,
            SignatureJson signatures,
            ServerStream lifecycle) {
        this.models = models;
        this.lookups = lookups;
        this.metadata = new MetadataJsonProtoMapper(signatures);
        this.lifecycle = lifecycle;
        this.version = version();
    }

    private static String version() {
        try {
            return new BuildVersion().number();
        } catch (IOException e) {
            throw new UncheckedIOException("the build's version cannot be read", e);
        }
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.prompt("GET", "/v2", this::server),
                HttpRoute.prompt("GET", "/v2/health/live", this::live),
                HttpRoute.prompt("GET", "/v2/health/ready", this::ready),
                lookup("/v2/models/{model}", this::model),
                lookup("/v2/models/{model}/versions/{version}", this::model),
                lookup("/v2/models/{model}/ready", this::modelReady),
                lookup("/v2/models/{model}/versions/{version}/ready", this::modelReady));
    }

    private HttpRoute lookup(String path, HttpHandler handler) {
        return HttpRoute.prompt(
                "GET", path, call -> lookups.execute(call.guarded(() -> handler.handle(call))));
    }

    private void server(HttpCall call) {
        call.answer(
                JsonReply.of(
                        factory,
                        200,
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("name", "tidegate");
                            json.writeStringField("version", version);
                            json.writeArrayFieldStart("extensions");
                            json.writeString("binary_tensor_data");
                            json.writeString("parameters");
                            json.writeString("model_repository");
                            json.writeString("model_configuration");
                            json.writeString("statistics");
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private void live(HttpCall call) {
        call.answer(HttpReply.json(200, "{\"live\":true}"));
    }

    private void ready(HttpCall call) {
        boolean isReady = !lifecycle.isDraining();
        call.answer(HttpReply.json(isReady ? 200 : NOT_NOW, "{\"ready\":" + isReady + "}"));
    }

    private void model(HttpCall call) {
        String model = call.variable("model");
        var described = models.version(model, call.variable("version"));
        var versions = models.versions(model);
        call.answer(JsonReply.of(factory, 200, json -> metadata.write(json, described, versions)));
    }

    private void modelReady(HttpCall call) {
        String model = call.variable("model");
        boolean isReady =
                !lifecycle.isDraining() && models.isReady(model, call.variable("version"));
        call.answer(
                JsonReply.of(
                        factory, isReady ? 200 : NOT_NOW, json -> ready(json, model, isReady)));
    }

    private static void ready(JsonGenerator json, String model, boolean isReady)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model);
        json.writeBooleanField("ready", isReady);
        json.writeEndObject();
    }
}
