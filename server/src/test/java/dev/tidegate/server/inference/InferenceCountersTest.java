package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InferenceCountersTest {
    /** Turns of a loop that no test lives to see the end of. */
    private static final float FOREVER = 1e10f;

    @TempDir private Path home;

    @Test
    void countsRequestsRowsAndWhereTheirTimeWent() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plus(10));
            server.champion(version);
            server.stub().modelInfer(ask("m", 1).build());
            server.stub().modelInfer(rows(1, 2, 3));
            VersionCounts counts = counts(server, version);
            assertThat(counts.success().count()).isEqualTo(2);
            assertThat(counts.inferences()).isEqualTo(4);
            assertThat(counts.executions()).isEqualTo(2);
            assertThat(counts.failure().count()).isZero();
            assertThat(counts.pending()).isZero();
            assertThat(counts.lastInference()).isPresent();
            assertThat(counts.computeInfer()).isPositive();
            assertThat(
                            counts.computeInput()
                                    .plus(counts.queue())
                                    .plus(counts.computeInfer())
                                    .plus(counts.computeOutput()))
                    .isEqualTo(counts.success().total());
        }
    }

    @Test
    void countsAFailureOnTheCandidateAndTheAnswerOnTheChampionThatStoodIn() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion champion = server.register("m", "1", TestGraph.plus(0));
            RegisteredVersion candidate =
                    server.register("m", "2", TestGraph.plusThatFailsFromThree(0));
            server.canary(champion, candidate, 0.999);
            server.stub().modelInfer(ask("m", 5).build());
            assertThat(failures(server, candidate, FailureReason.BACKEND)).isEqualTo(1);
            assertThat(counts(server, candidate).success().count()).isZero();
            assertThat(counts(server, candidate).lastInference()).isEmpty();
            assertThat(counts(server, champion).success().count()).isEqualTo(1);
            assertThat(counts(server, champion).failure().count()).isZero();
        }
    }

    @Test
    void refusesToCountWhatNeverReachedAVersion() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plus(0));
            server.champion(version);
            assertThatThrownBy(
                            () ->
                                    server.stub()
                                            .modelInfer(ask("m", 1).setModelVersion("9").build()))
                    .isInstanceOf(StatusRuntimeException.class);
            ModelInferRequest bad = ask("m", 1).clearRawInputContents().build();
            assertThatThrownBy(() -> server.stub().modelInfer(bad))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThat(counts(server, version).failure().count()).isZero();
            assertThat(counts(server, version).executions()).isZero();
        }
    }

    @Test
    void tellsWaitingRefusedAndAbandonedRequestsApart() {
        try (InferenceServer server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.inline-limit",
                                "0ms",
                                "tidegate.inference.workers",
                                1,
                                "tidegate.inference.max-batch",
                                1,
                                "tidegate.inference.queue",
                                1))) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plusThatTakesItsTime());
            server.champion(version);
            var stub = GRPCInferenceServiceGrpc.newFutureStub(server.channel);
            List<ListenableFuture<ModelInferResponse>> asked =
                    IntStream.range(0, 3)
                            .mapToObj(i -> stub.modelInfer(ask("m", FOREVER).build()))
                            .toList();
            await().until(() -> failures(server, version, FailureReason.REJECTED) == 1);
            assertThat(counts(server, version).pending()).isEqualTo(1);
            asked.stream().filter(call -> !call.isDone()).forEach(call -> call.cancel(true));
            await().until(() -> asked.stream().allMatch(Future::isDone));
            await().until(() -> failures(server, version, FailureReason.CANCELED) == 2);
            await().until(() -> counts(server, version).pending() == 0);
            assertThat(counts(server, version).success().total()).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void countsAVersionWhileItIsInMemoryAndNoLonger() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plus(0));
            LoadedVersions versions = server.context.getBean(LoadedVersions.class);
            InferenceCounters counters = server.context.getBean(InferenceCounters.class);
            versions.load(version);
            server.stub().modelInfer(ask("m", 1).setModelVersion("1").build());
            LoadedVersion draining = Objects.requireNonNull(versions.acquire(version.id()));
            versions.unload(version.id());
            assertThat(counts(server, version).success().count()).isEqualTo(1);
            versions.load(version);
            draining.release();
            assertThat(counts(server, version).success().count()).isEqualTo(1);
            versions.unload(version.id());
            await().until(() -> counters.of(version.id()).isEmpty());
            assertThat(counters.times()).isEmpty();
        }
    }

    private static VersionCounts counts(InferenceServer server, RegisteredVersion version) {
        return server.context.getBean(InferenceCounters.class).of(version.id()).orElseThrow();
    }

    private static long failures(
            InferenceServer server, RegisteredVersion version, FailureReason reason) {
        CountedTime failed = counts(server, version).failures().get(reason);
        assertThat(failed).isNotNull();
        return failed.count();
    }

    private static ModelInferRequest rows(float... values) {
        ModelInferRequest.Builder request =
                ask("m", 0).clearRawInputContents().addRawInputContents(raw(values));
        request.getInputsBuilder(0).setShape(0, values.length);
        return request.build();
    }
}
