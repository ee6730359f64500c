package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.SpanCollector.ReceivedSpan;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.inference.remote.ForeignServer;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.tracing.SpanCounts;
import dev.tidegate.server.registry.Hedging;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "5bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir private Path home;
    private SpanCollector collector;

    @BeforeEach
    void collect() throws IOException {
        collector = new SpanCollector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void recordsWhatItsCallerRecords() {
        try (InferenceServer server = server("0")) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            ModelInferResponse answer = infer(server, "00-" + TRACE + "-" + SPAN + "-01");

            List<ReceivedSpan> spans = collector.await(TRACE);
            ReceivedSpan whole = named(spans, "infer m");
            assertThat(whole.parent()).isEqualTo(SPAN);
            assertThat(whole.failed()).isFalse();
            assertThat(whole.attributes())
                    .containsEntry(
                            "tidegate.prediction_id", parameter(answer, "tidegate_prediction_id"))
                    .containsEntry("tidegate.model", "m")
                    .containsEntry("tidegate.arm", "champion")
                    .containsEntry("tidegate.outcome", "ok");
            ReceivedSpan run = named(spans, "run");
            assertThat(run.parent()).isEqualTo(whole.id());
            assertThat(run.attributes()).containsEntry("tidegate.version", "1");
            assertThat(run.begun()).isBetween(whole.begun(), whole.ended());
            assertThat(run.ended()).isBetween(run.begun(), whole.ended());
            assertThat(server.events().getFirst().trace()).hasToString(TRACE);
            assertThat(collector.authorizations()).containsOnly("Bearer secret");
        }
    }

    @Test
    void handsTheTraceOnToAnotherServer() {
        try (ForeignServer there = new ForeignServer(1);
                InferenceServer server = server("0")) {
            server.champion(remote(server, there));
            infer(server, "00-" + TRACE + "-" + SPAN + "-01");
            infer(server, "00-" + OTHER + "-" + SPAN + "-00");
            server.stub().modelInfer(ask("m", 5).build());
            assertThat(there.traceParents)
                    .containsExactly(
                            "00-%s-%s-01"
                                    .formatted(
                                            TRACE, named(collector.await(TRACE), "infer m").id()),
                            "00-" + OTHER + "-" + SPAN + "-00",
                            "");
        }
    }

    private static RegisteredVersion remote(InferenceServer server, ForeignServer there) {
        RemotePlace place =
                new RemotePlace(
                        List.of(RemoteAddress.parse(there.address())),
                        "there",
                        "9",
                        Duration.ofSeconds(20),
                        new Hedging(new Hedging.Start.Never(), 0),
                        64);
        return server.register("m", "1", place, "");
    }

    @Test
    void keepsTheIdOfACallerThatDoesNotRecord() {
        try (InferenceServer server = server("1")) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            infer(server, "00-" + TRACE + "-" + SPAN + "-00");
            infer(server, "00-" + OTHER + "-" + SPAN + "-01");
            collector.await(OTHER);
            assertThat(collector.of(TRACE)).isEmpty();
            assertThat(server.events().getFirst().trace()).hasToString(TRACE);
        }
    }

    @Test
    void drawsRequestsWithoutATraceAndNamesThemByTheirPrediction() {
        try (InferenceServer server = server("1")) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            String id =
                    parameter(
                            server.stub().modelInfer(ask("m", 5).build()),
                            "tidegate_prediction_id");
            List<ReceivedSpan> spans = collector.await(id.replace("-", ""));
            assertThat(named(spans, "infer m").parent()).isEmpty();
            assertThat(server.events().getFirst().trace()).isNull();
        }
    }

    @Test
    void showsTheRunThatFailedAndTheOneThatStoodIn() {
        try (InferenceServer server = server("0")) {
            RegisteredVersion champion = server.register("m", "1", TestGraph.plus(10));
            server.canary(
                    champion,
                    server.register("m", "2", TestGraph.plusThatFailsFromThree(10)),
                    0.999999);
            stub(server, "00-" + TRACE + "-" + SPAN + "-01").modelInfer(ask("m", 7).build());
            List<ReceivedSpan> spans = collector.await(TRACE);
            assertThat(spans.stream().filter(span -> span.name().equals("run")))
                    .extracting(
                            span -> span.attributes().get("tidegate.version"), ReceivedSpan::failed)
                    .containsExactlyInAnyOrder(tuple("2", true), tuple("1", false));
            assertThat(named(spans, "infer m").attributes())
                    .containsEntry("tidegate.reason", "failover");
        }
    }

    @Test
    void followsRequestsOverHttp() throws Exception {
        try (InferenceServer server = server("0");
                HttpClient client = HttpClient.newHttpClient()) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            HttpRequest request =
                    HttpRequest.newBuilder(server.uri("/v2/models/m/infer"))
                            .header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[5]}]}"))
                            .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(named(collector.await(TRACE), "infer m").parent()).isEqualTo(SPAN);
        }
    }

    @Test
    void namesThePredictionOfARequestThatFailed() {
        try (InferenceServer server = server("0")) {
            server.champion(server.register("m", "1", TestGraph.plusThatFailsFromThree(10)));
            assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 7).build()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure ->
                                    assertThat(failure.getTrailers())
                                            .isNotNull()
                                            .extracting(
                                                    trailers ->
                                                            trailers.get(
                                                                    Metadata.Key.of(
                                                                            "tidegate-prediction-id",
                                                                            Metadata
                                                                                    .ASCII_STRING_MARSHALLER)))
                                            .hasToString(
                                                    server.events()
                                                            .getFirst()
                                                            .predictionId()
                                                            .toString()));
        }
    }

    @Test
    void answersAndCountsWhenTheCollectorIsGone() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Map<String, Object> settings =
                Map.of(
                        "tidegate.tracing.endpoint",
                        "http://127.0.0.1:" + port + "/v1/traces",
                        "tidegate.tracing.timeout",
                        "2s");
        try (InferenceServer server = InferenceServer.start(home, settings)) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            infer(server, "00-" + TRACE + "-" + SPAN + "-01");
            Awaitility.await()
                    .untilAsserted(
                            () -> {
                                List<Double> counts = counts(server);
                                assertThat(counts.getFirst()).isGreaterThanOrEqualTo(2);
                                assertThat(counts.get(1)).isZero();
                                assertThat(counts.getLast()).isEqualTo(counts.getFirst());
                            });
        }
    }

    private static List<Double> counts(InferenceServer server) {
        return server.context.getBean(SpanCounts.class).families().getFirst().samples().stream()
                .map(MetricSample::value)
                .toList();
    }

    private InferenceServer server(String ratio) {
        return InferenceServer.start(
                home,
                Map.of(
                        "tidegate.tracing.endpoint",
                        collector.endpoint(),
                        "tidegate.tracing.token",
                        "secret",
                        "tidegate.tracing.sample-ratio",
                        ratio));
    }

    private static ModelInferResponse infer(InferenceServer server, String traceParent) {
        ModelInferRequest request = ask("m", 5).build();
        return stub(server, traceParent).modelInfer(request);
    }

    private static GRPCInferenceServiceBlockingStub stub(
            InferenceServer server, String traceParent) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), traceParent);
        return server.stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static ReceivedSpan named(List<ReceivedSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }
}
