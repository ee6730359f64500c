package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tidegate.server.inference.InferenceFlow;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpRoute;
import dev.tidegate.server.platform.http.HttpService;
import jakarta.inject.Singleton;
import java.util.List;

/** Inference over REST, on the transport's thread as over gRPC. */
@Singleton
final class InferHttpService implements HttpService {
    private final InferenceFlow flow;
    private final RestRequestProtoMapper requests;
    private final RestAnswerProtoMapper answers;

    InferHttpService(InferenceFlow flow, EdgeConfig edge) {
        JsonFactory factory = JsonForm.factory();
        this.flow = flow;
        this.requests = new RestRequestProtoMapper(factory, edge.maxMessageBytes());
        this.answers = new RestAnswerProtoMapper(factory);
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.prompt("POST", "/v2/models/{model}/infer", this::infer),
                HttpRoute.prompt(
                        "POST", "/v2/models/{model}/versions/{version}/infer", this::infer));
    }

    private void infer(HttpCall call) {
        RestRequest request =
                requests.read(
                        call.variable("model"),
                        call.variable("version"),
                        call.body(),
                        call.header(BinaryTail.HEADER));
        flow.begin(
                new RestCaller(
                        call,
                        request.patience(),
                        response -> answers.answer(response, request.form())),
                request.wire());
    }
}
