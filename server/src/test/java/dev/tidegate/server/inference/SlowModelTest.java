package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static dev.tidegate.server.inference.InferenceServer.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.inference.ModelReadyResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.stats.Arm;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every version runs on a worker here, one for each arm, and one request may wait for it. */
final class SlowModelTest {
    /** Turns of a loop that no test lives to see the end of. */
    private static final float FOREVER = 1e10f;

    /** Turns of a loop that take more than half a second. */
    private static final float A_WHILE = 2e6f;

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
                                "tidegate.inference.max-batch",
                                1,
                                "tidegate.inference.queue",
                                1,
                                "tidegate.inference.deadline",
                                "1s"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void standsInForACandidateThatTakesMoreThanHalfOfTheDeadline() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(0));
        RegisteredVersion candidate = server.register("m", "2", TestGraph.plusThatTakesItsTime());
        server.canary(champion, candidate, 0.999);
        for (int i = 0; i < 3; i++) {
            ModelInferResponse response = server.stub().modelInfer(ask("m", FOREVER).build());
            assertThat(floats(response)).containsExactly(FOREVER);
            assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
            assertThat(parameter(response, "tidegate_reason")).isEqualTo("failover");
        }
        assertThat(server.events())
                .hasSize(3)
                .allSatisfy(
                        event -> {
                            assertThat(event.arm()).isEqualTo(Arm.CANDIDATE);
                            assertThat(event.outcome()).isEqualTo(Outcome.LATE);
                            assertThat(event.answeredVersionId()).isEqualTo(champion.id());
                            assertThat(event.totalMicros()).isGreaterThanOrEqualTo(500_000);
                        });
    }

    @Test
    void answersFromALateChampionAndCountsItLate() {
        server.champion(server.register("m", "1", TestGraph.plusThatTakesItsTime()));
        ModelInferResponse response = server.stub().modelInfer(ask("m", A_WHILE).build());
        assertThat(floats(response)).containsExactly(A_WHILE);
        assertThat(server.events()).extracting(ArmEvent::outcome).containsExactly(Outcome.LATE);
    }

    @Test
    void countsARequestWhoseClientGoesAwayAndFreesItsWorker() {
        server.champion(server.register("m", "1", TestGraph.plusThatTakesItsTime()));
        awaitArrival();
        assertThatThrownBy(
                        () ->
                                server.stub()
                                        .withDeadlineAfter(700, TimeUnit.MILLISECONDS)
                                        .modelInfer(ask("m", FOREVER).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e ->
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        await().untilAsserted(
                        () ->
                                assertThat(server.events())
                                        .extracting(ArmEvent::outcome)
                                        .containsExactly(Outcome.CANCELLED));
        assertThat(server.events().getFirst().answeredVersionId()).isZero();
        assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(3f);
    }

    @Test
    void refusesEarlyWhatCannotRunSoon() {
        server.champion(server.register("m", "1", TestGraph.plusThatTakesItsTime()));
        var stub = GRPCInferenceServiceGrpc.newFutureStub(server.channel);
        List<ListenableFuture<ModelInferResponse>> asked =
                IntStream.range(0, 4)
                        .mapToObj(i -> stub.modelInfer(ask("m", FOREVER).build()))
                        .toList();
        await().until(() -> asked.stream().filter(Future::isDone).count() >= 2);
        assertThat(asked.stream().filter(Future::isDone)).allSatisfy(SlowModelTest::assertRefused);
        assertThat(server.events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.outcome()).isEqualTo(Outcome.FAILED));
        asked.forEach(future -> future.cancel(true));
        await().until(() -> server.events().size() == 4);
    }

    @Test
    void aClientThatWentAwayKeepsNoPlaceInTheQueue() throws Exception {
        server.champion(server.register("m", "1", TestGraph.plusThatTakesItsTime()));
        var stub = GRPCInferenceServiceGrpc.newFutureStub(server.channel);
        Future<ModelInferResponse> running = stub.modelInfer(ask("m", FOREVER).build());
        Future<ModelInferResponse> waiting = stub.modelInfer(ask("m", 2).build());
        awaitArrival();
        waiting.cancel(true);
        await().until(() -> !server.events().isEmpty());
        Future<ModelInferResponse> next = stub.modelInfer(ask("m", 3).build());
        awaitArrival();
        running.cancel(true);
        assertThat(floats(next.get())).containsExactly(3f);
    }

    /** What was asked before on the same connection has come when this is answered. */
    private void awaitArrival() {
        ModelReadyResponse answer =
                server.stub().modelReady(ModelReadyRequest.newBuilder().setName("m").build());
        assertThat(answer.getReady()).isTrue();
    }

    private static void assertRefused(Future<ModelInferResponse> refused) {
        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode())
                                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                            assertThat(e.getTrailers()).isNotNull();
                            assertThat(
                                            e.getTrailers()
                                                    .get(
                                                            Metadata.Key.of(
                                                                    "grpc-retry-pushback-ms",
                                                                    Metadata
                                                                            .ASCII_STRING_MARSHALLER)))
                                    .isEqualTo("100");
                        });
    }
}
