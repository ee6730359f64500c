package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tidegate.server.inference.InferenceFlow;
import dev.tidegate.server.inference.RegistryLookups;
import dev.tidegate.server.inference.ServedModels;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import dev.tidegate.server.registry.ModelSignature;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Predictions from named features, for who has no client of the Open Inference Protocol. */
@Singleton
final class PredictHttpService implements HttpService {
    private final JsonFactory factory = JsonForm.factory();
    private final PredictAnswerProtoMapper answers = new PredictAnswerProtoMapper(factory);
    private final InferenceFlow flow;
    private final ServedModels models;
    private final RegistryLookups lookups;
    private final Clock wall;
    private final PredictConfig config;

    PredictHttpService(
            InferenceFlow flow,
            ServedModels models,
            RegistryLookups lookups,
            Clock wall,
            PredictConfig config) {
        this.flow = flow;
        this.models = models;
        this.lookups = lookups;
        this.wall = wall;
        this.config = config;
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(HttpRoute.prompt("POST", "/api/v1/predict", this::predict));
    }

    private void predict(HttpCall call) {
        config.requireSize(call.body().length);
        PredictRequest request = PredictBody.read(factory, call.body(), config.maxRows());
        String model = model(request);
        Optional<ModelSignature> known = models.signatureInMemory(model, request.version());
        if (known.isPresent()) {
            predict(call, model, request, known.get());
        } else {
            lookups.execute(
                    call.guarded(
                            () ->
                                    predict(
                                            call,
                                            model,
                                            request,
                                            models.version(model, request.version()).signature())));
        }
    }

    private String model(PredictRequest request) {
        if (!request.model().isEmpty()) {
            return request.model();
        }
        String defaultModel = config.defaultModel();
        if (defaultModel == null) {
            throw TidegateException.invalid(
                    "model is missing, expected the name of one; tidegate.predict.default-model sets a default");
        }
        return defaultModel;
    }

    private void predict(
            HttpCall call, String model, PredictRequest request, ModelSignature signature) {
        flow.begin(
                new RestCaller(
                        call,
                        Long.MAX_VALUE,
                        response -> answers.answer(response, request, wall.instant())),
                PredictProtoMapper.wire(model, request, signature));
    }
}
