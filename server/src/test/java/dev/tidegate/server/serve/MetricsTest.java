package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of a whole server after requests. */
final class MetricsTest {
    private static final String OF_ONE = "{model=\"m\",version=\"1\"}";

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void countsWhatWasAskedAndAnsweredUnderTheNamesOfTriton()
            throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(true), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            register();
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", ready.path("grpc").asInt())
                            .usePlaintext()
                            .build();
            try {
                ask(GRPCInferenceServiceGrpc.newBlockingStub(channel));
            } finally {
                channel.shutdownNow();
            }
            int management = ready.path("management").asInt();

            String text = scrape(management, "*/*").body();
            assertThat(text)
                    .contains("# TYPE nv_inference_request_success counter\n")
                    .contains("nv_inference_request_success" + OF_ONE + " 3\n")
                    .contains(
                            "nv_inference_request_failure{model=\"m\",version=\"1\",reason=\"BACKEND\"} 1\n")
                    .contains("nv_inference_count" + OF_ONE + " 3\n")
                    .contains("nv_inference_exec_count" + OF_ONE + " 4\n")
                    .contains("nv_inference_pending_request_count" + OF_ONE + " 0\n")
                    .contains("tidegate_inference_request_seconds_count" + OF_ONE + " 3\n")
                    .contains("tidegate_inference_compute_seconds_count" + OF_ONE + " 3\n")
                    .contains("tidegate_request_metrics_enabled 1\n")
                    .contains("tidegate_version_loaded" + OF_ONE + " 1\n")
                    .contains("tidegate_journal_events_total 4\n")
                    .contains("tidegate_journal_lost_events_total 0\n")
                    .contains("tidegate_lease_held 1\n")
                    .contains("tidegate_candidates_open 0\n")
                    .contains("tidegate_journal_lag_bytes{reader=\"evidence\"}");
            assertThat(value(text, "nv_inference_request_duration_us" + OF_ONE))
                    .isGreaterThanOrEqualTo(
                            value(text, "nv_inference_compute_infer_duration_us" + OF_ONE))
                    .isPositive();
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(scrape(management, "*/*").body())
                                            .contains(
                                                    "tidegate_journal_lag_bytes{reader=\"prediction_log\"} 0\n"));
            HttpResponse<String> open =
                    scrape(management, "application/openmetrics-text;version=1.0.0");
            assertThat(open.headers().firstValue("content-type"))
                    .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(open.body()).contains(" # {prediction_id=\"").endsWith("# EOF\n");
            assertThat(scrape(ready.path("http").asInt(), "*/*").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void countsNoRequestsWhenToldToButWhatTheyCost() throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal();
                RunningServer server = RunningServer.start(flags(false), stop)) {
            JsonNode ready = new ObjectMapper().readTree(server.readyLine());
            register();
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", ready.path("grpc").asInt())
                            .usePlaintext()
                            .build();
            try {
                GRPCInferenceServiceBlockingStub stub =
                        GRPCInferenceServiceGrpc.newBlockingStub(channel);
                ask(stub);
                assertThatThrownBy(
                                () ->
                                        stub.modelStatistics(
                                                ModelStatisticsRequest.getDefaultInstance()))
                        .hasMessageContaining("FAILED_PRECONDITION")
                        .hasMessageContaining("tidegate.metric.requests");
            } finally {
                channel.shutdownNow();
            }

            assertThat(scrape(ready.path("management").asInt(), "*/*").body())
                    .contains("tidegate_request_metrics_enabled 0\n")
                    .contains("tidegate_version_core_seconds_total" + OF_ONE)
                    .contains("tidegate_version_core_seconds_per_1000_inferences" + OF_ONE)
                    .contains("tidegate_journal_events_total 4\n")
                    .doesNotContain("nv_inference")
                    .doesNotContain("tidegate_inference_request_seconds");
        }
    }

    private void register() throws IOException {
        Path graph = folder.resolve("model.onnx");
        Files.write(graph, TestGraph.plusThatFailsFromThree(0));
        CommandRun run =
                CommandRun.of(
                        "model",
                        "register",
                        "m",
                        graph.toString(),
                        "--version",
                        "1",
                        "--alias",
                        "champion",
                        "--home",
                        folder.resolve("home").toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static void ask(GRPCInferenceServiceBlockingStub stub) {
        Awaitility.await()
                .ignoreException(StatusRuntimeException.class)
                .until(() -> stub.modelInfer(request(1)).getModelName().equals("m"));
        stub.modelInfer(request(1));
        stub.modelInfer(request(2));
        assertThatThrownBy(() -> stub.modelInfer(request(5)))
                .isInstanceOf(StatusRuntimeException.class);
    }

    private static ModelInferRequest request(float x) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(1))
                .addRawInputContents(
                        ByteString.copyFrom(
                                ByteBuffer.allocate(4)
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .putFloat(x)
                                        .flip()))
                .build();
    }

    private HttpResponse<String> scrape(int port, String accept)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private ServeFlags flags(boolean countsRequests) throws IOException {
        StorageLocation database = TestDatabase.createEmpty();
        Path config =
                Files.writeString(
                        folder.resolve("tidegate.yaml"),
                        "tidegate: {storage: {username: '%s', password: '%s'}, metric: {requests: %s}}"
                                .formatted(
                                        database.username(), database.password(), countsRequests));
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
