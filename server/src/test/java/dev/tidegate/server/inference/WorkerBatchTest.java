package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every version runs on the one worker here, which a request that takes for ever keeps busy. */
final class WorkerBatchTest {
    /** Turns of a loop that no test lives to see the end of. */
    private static final float FOREVER = 1e10f;

    @TempDir private Path home;
    private InferenceServer server;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.inline-limit",
                                "0ms",
                                "tidegate.inference.workers",
                                1,
                                "tidegate.inference.queue",
                                8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatComesWhileTheWorkerIsBusyIsTheNextBatch() {
        RegisteredVersion version = champion("m", TestGraph.plusThatTakesItsTime());
        ListenableFuture<ModelInferResponse> busy = keepBusy("m");
        List<ListenableFuture<ModelInferResponse>> waiting = waitFor("m", version, 1, 2, 3);
        busy.cancel(true);
        for (int i = 0; i < 3; i++) {
            assertThat(answer(waiting.get(i))).containsExactly(i + 1f);
        }
        assertThat(counts(version).executions()).isEqualTo(2);
        assertThat(counts(version).pending()).isZero();
    }

    @Test
    void oneThatFailsFailsAlone() {
        champion("busy", TestGraph.plusThatTakesItsTime());
        RegisteredVersion version = champion("m", TestGraph.plusThatFailsFromThree(10));
        ListenableFuture<ModelInferResponse> busy = keepBusy("busy");
        List<ListenableFuture<ModelInferResponse>> waiting = waitFor("m", version, 1, 7, 2);
        busy.cancel(true);
        assertThat(answer(waiting.get(0))).containsExactly(11f);
        assertThat(answer(waiting.get(2))).containsExactly(12f);
        assertThatThrownBy(waiting.get(1)::get).hasMessageContaining("failed on this request");
    }

    @Test
    void graphsThatMixRowsRunEachAlone() {
        champion("busy", TestGraph.plusThatTakesItsTime());
        RegisteredVersion version = champion("m", TestGraph.lessTheMeanOfAllRows());
        ListenableFuture<ModelInferResponse> busy = keepBusy("busy");
        List<ListenableFuture<ModelInferResponse>> waiting = waitFor("m", version, 1, 5);
        busy.cancel(true);
        assertThat(waiting).allSatisfy(one -> assertThat(answer(one)).containsExactly(0f));
        assertThat(counts(version).executions()).isEqualTo(2);
    }

    @Test
    void endsARunForWhichNobodyWaitsAnyMore() {
        champion("busy", TestGraph.plusThatTakesItsTime());
        RegisteredVersion version = champion("m", TestGraph.plusThatTakesItsTime());
        ListenableFuture<ModelInferResponse> busy = keepBusy("busy");
        List<ListenableFuture<ModelInferResponse>> waiting =
                waitFor("m", version, FOREVER, FOREVER);
        busy.cancel(true);
        await().until(() -> counts(version).executions() == 1);
        waiting.get(0).cancel(true);
        await().until(() -> server.events().size() == 2);
        waiting.get(1).cancel(true);
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(3f);
    }

    @Test
    void aFloodedModelTakesNoTurnFromAnother() {
        RegisteredVersion flooded = champion("flooded", TestGraph.plusThatTakesItsTime());
        RegisteredVersion calm = champion("calm", TestGraph.plus(1));
        ListenableFuture<ModelInferResponse> busy = keepBusy("flooded");
        List<ListenableFuture<ModelInferResponse>> stuck =
                waitFor("flooded", flooded, FOREVER, FOREVER / 2, FOREVER / 3);
        List<ListenableFuture<ModelInferResponse>> waiting = waitFor("calm", calm, 1);
        busy.cancel(true);
        await().until(() -> counts(flooded).executions() == 2);
        stuck.forEach(one -> one.cancel(true));
        assertThat(answer(waiting.getFirst())).containsExactly(2f);
    }

    @Test
    void takesTurnsAmongModels() {
        champion("busy", TestGraph.plusThatTakesItsTime());
        RegisteredVersion flooded = champion("flooded", TestGraph.lessTheMeanOfAllRows());
        RegisteredVersion calm = champion("calm", TestGraph.plus(1));
        ListenableFuture<ModelInferResponse> busy = keepBusy("busy");
        waitFor("flooded", flooded, 1, 2, 3, 4, 5, 6);
        waitFor("calm", calm, 1);
        busy.cancel(true);
        await().until(() -> server.events().size() == 8);
        assertThat(
                        server.events().stream()
                                .filter(event -> event.outcome() == Outcome.OK)
                                .map(event -> event.modelId())
                                .toList()
                                .indexOf(calm.modelId()))
                .isEqualTo(1);
    }

    @Test
    void refusesOnlyRequestsOfTheModelWhoseQueueIsFull() {
        RegisteredVersion flooded = champion("flooded", TestGraph.plusThatTakesItsTime());
        RegisteredVersion calm = champion("calm", TestGraph.plus(1));
        ListenableFuture<ModelInferResponse> busy = keepBusy("flooded");
        List<ListenableFuture<ModelInferResponse>> stuck =
                waitFor("flooded", flooded, 1, 1, 1, 1, 1, 1, 1, 1);
        ListenableFuture<ModelInferResponse> refused = send("flooded", 1);
        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e).getCode())
                                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
                .hasMessageContaining("'flooded'");
        List<ListenableFuture<ModelInferResponse>> waiting = waitFor("calm", calm, 1);
        busy.cancel(true);
        assertThat(answer(waiting.getFirst())).containsExactly(2f);
        assertThat(stuck).allSatisfy(one -> assertThat(answer(one)).containsExactly(1f));
    }

    private RegisteredVersion champion(String model, byte[] graph) {
        RegisteredVersion version = server.register(model, "1", graph);
        server.champion(version);
        return version;
    }

    private ListenableFuture<ModelInferResponse> keepBusy(String model) {
        ListenableFuture<ModelInferResponse> busy = send(model, FOREVER);
        await().until(
                        () ->
                                server.context.getBean(InferenceCounters.class).snapshot().stream()
                                        .anyMatch(counts -> counts.executions() == 1));
        return busy;
    }

    /** Sends one request for each value, and returns when all of them wait for the worker. */
    private List<ListenableFuture<ModelInferResponse>> waitFor(
            String model, RegisteredVersion version, float... values) {
        List<ListenableFuture<ModelInferResponse>> waiting =
                IntStream.range(0, values.length).mapToObj(i -> send(model, values[i])).toList();
        await().until(() -> counts(version).pending() == values.length);
        return waiting;
    }

    private ListenableFuture<ModelInferResponse> send(String model, float x) {
        return GRPCInferenceServiceGrpc.newFutureStub(server.channel)
                .modelInfer(ask(model, x).build());
    }

    private static List<Float> answer(Future<ModelInferResponse> future) {
        try {
            return floats(future.get());
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private VersionCounts counts(RegisteredVersion version) {
        return server.context.getBean(InferenceCounters.class).of(version.id()).orElseThrow();
    }
}
