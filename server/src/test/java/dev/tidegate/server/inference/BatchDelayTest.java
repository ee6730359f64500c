package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.registry.VersionTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for each other, and those that must not hold up an event loop. */
final class BatchDelayTest {
    private static final float FOREVER = 1e10f;
    private static final int MANY = 200_000;

    @TempDir private Path home;
    private InferenceServer server;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.inline-limit",
                                "20ms",
                                "tidegate.inference.workers",
                                1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runsRequestsTogetherThatWaitedForEachOther() throws Exception {
        RegisteredVersion version =
                champion(
                        "m",
                        TestGraph.plus(1),
                        Map.of("max-batch-delay", "1000ms", "max-batch", "3"));
        List<ListenableFuture<ModelInferResponse>> asked =
                IntStream.range(0, 3).mapToObj(i -> send(ask("m", i).build())).toList();
        for (int i = 0; i < 3; i++) {
            assertThat(floats(asked.get(i).get())).containsExactly(i + 1f);
        }
        assertThat(counts(version).executions()).isEqualTo(1);
        assertThat(batchWaits()).isEqualTo(3);
    }

    @Test
    void holdsUpNoRequestOfAnotherVersionOfItsModel() throws Exception {
        RegisteredVersion patient =
                champion("m", TestGraph.plus(1), Map.of("max-batch-delay", "1000ms"));
        RegisteredVersion other = server.register("m", "2", TestGraph.plusThatTakesItsTime());
        server.context
                .getBean(VersionTuning.class)
                .set(
                        "",
                        0,
                        "m",
                        "2",
                        VersionSettings.of(Map.of("max-batch-delay", "1us")),
                        InferenceServer.ENGINEER);
        server.stub().modelInfer(ask("m", 1).setModelVersion("2").build());
        ListenableFuture<ModelInferResponse> waiting = send(ask("m", 3).build());
        await().until(() -> counts(patient).pending() == 1);
        server.stub().modelInfer(ask("m", 1).setModelVersion("2").build());
        assertThat(waiting).isNotDone();
        assertThat(counts(other).executions()).isEqualTo(2);
        assertThat(floats(waiting.get())).containsExactly(4f);
    }

    @Test
    void waitsNoLongerThanItMay() {
        RegisteredVersion version =
                champion("m", TestGraph.plus(1), Map.of("max-batch-delay", "5ms"));
        for (int i = 0; i < 5; i++) {
            assertThat(floats(server.stub().modelInfer(ask("m", i).build())))
                    .containsExactly(i + 1f);
        }
        assertThat(counts(version).executions()).isEqualTo(5);
    }

    @Test
    void answersWhatStillWaitsForOthersWhenTheServerEnds() throws Exception {
        RegisteredVersion version =
                champion("m", TestGraph.plus(1), Map.of("max-batch-delay", "1000ms"));
        ListenableFuture<ModelInferResponse> waiting = send(ask("m", 3).build());
        await().until(() -> counts(version).pending() == 1);
        server.context.getBean(Workers.class).close();
        assertThat(floats(waiting.get())).containsExactly(4f);
    }

    @Test
    void runsARequestOfManyRowsBesideTheEventLoop() throws Exception {
        RegisteredVersion slow =
                champion(
                        "busy", TestGraph.plusThatTakesItsTime(), Map.of("max-batch-delay", "1us"));
        RegisteredVersion version = champion("m", TestGraph.plus(1), Map.of());
        ListenableFuture<ModelInferResponse> busy = send(ask("busy", FOREVER).build());
        await().until(() -> counts(slow).executions() == 1);
        ListenableFuture<ModelInferResponse> many = send(manyRows());
        await().until(() -> counts(version).pending() == 1);
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(4f);
        assertThat(many).isNotDone();
        busy.cancel(true);
        assertThat(floats(many.get())).hasSize(MANY).containsOnly(1f);
    }

    private static ModelInferRequest manyRows() {
        ModelInferRequest.Builder request = ask("m", 0);
        request.getInputsBuilder(0).setShape(0, MANY);
        return request.setRawInputContents(0, ByteString.copyFrom(new byte[4 * MANY])).build();
    }

    private RegisteredVersion champion(String model, byte[] graph, Map<String, String> settings) {
        RegisteredVersion version = server.register(model, "1", graph);
        server.champion(version);
        if (!settings.isEmpty()) {
            server.context
                    .getBean(VersionTuning.class)
                    .set("", 0, model, "1", VersionSettings.of(settings), InferenceServer.ENGINEER);
        }
        return version;
    }

    private ListenableFuture<ModelInferResponse> send(ModelInferRequest request) {
        return GRPCInferenceServiceGrpc.newFutureStub(server.channel)
                .withMaxInboundMessageSize(64 << 20)
                .modelInfer(request);
    }

    private VersionCounts counts(RegisteredVersion version) {
        return server.context.getBean(InferenceCounters.class).of(version.id()).orElseThrow();
    }

    private double batchWaits() {
        return server.context.getBean(InferenceMetrics.class).families().stream()
                .filter(family -> family.name().equals("tidegate_inference_batch_wait_seconds"))
                .flatMap(family -> family.samples().stream())
                .filter(sample -> sample.suffix().equals("_count"))
                .mapToDouble(sample -> sample.value())
                .sum();
    }
}
