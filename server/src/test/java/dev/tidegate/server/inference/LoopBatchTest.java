package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.raw;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionSettings;
import dev.tidegate.server.registry.VersionTuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come in one turn of an event loop, which is a list of tasks here. */
final class LoopBatchTest {
    @TempDir private Path home;
    private final List<Runnable> loop = new ArrayList<>();
    private InferenceServer server;

    @BeforeEach
    void start() {
        server =
                InferenceServer.start(
                        home,
                        Map.of(
                                "tidegate.inference.inline-limit",
                                "60s",
                                "tidegate.inference.max-batch",
                                4));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runsThemTogetherAndGivesEachItsOwnAnswer() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        List<Waiting> waiting = List.of(come(ask("m", 1)), come(two(2, 3)), come(ask("m", 4)));
        turn();
        assertThat(waiting.get(0).floats()).containsExactly(11f);
        assertThat(waiting.get(1).floats()).containsExactly(12f, 13f);
        assertThat(waiting.get(2).floats()).containsExactly(14f);
        assertThat(runs(version)).isEqualTo(1);
        assertThat(server.events()).extracting("outcome").containsOnly(Outcome.OK).hasSize(3);
    }

    @Test
    void runsNoMoreTogetherThanTheBatchMayHave() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waiting.add(come(ask("m", i)));
        }
        turn();
        for (int i = 0; i < 9; i++) {
            assertThat(waiting.get(i).floats()).containsExactly(10f + i);
        }
        assertThat(runs(version)).isEqualTo(3);
    }

    @Test
    void oneThatFailsFailsAlone() {
        champion(TestGraph.plusThatFailsFromThree(10));
        List<Waiting> waiting = List.of(come(ask("m", 1)), come(ask("m", 7)), come(ask("m", 2)));
        turn();
        assertThat(waiting.get(0).floats()).containsExactly(11f);
        assertThat(waiting.get(1).failure).hasMessageContaining("failed on this request");
        assertThat(waiting.get(2).floats()).containsExactly(12f);
        assertThat(server.events())
                .extracting("outcome")
                .containsExactlyInAnyOrder(Outcome.OK, Outcome.FAILED, Outcome.OK);
    }

    @Test
    void oneThatFailsCostsItsMatesFewRuns() {
        RegisteredVersion version = largeBatches(TestGraph.plusThatFailsFromThree(10));
        List<Waiting> waiting = sixteen(i -> i == 5 ? 7 : i % 3);
        turn();
        for (int i = 0; i < 16; i++) {
            if (i != 5) {
                assertThat(waiting.get(i).floats()).containsExactly(10f + i % 3);
            }
        }
        assertThat(waiting.get(5).failure).hasMessageContaining("failed on this request");
        assertThat(runs(version)).isEqualTo(9);
    }

    @Test
    void manyThatFailCostNoMoreThanTwiceTheirRuns() {
        RegisteredVersion version = largeBatches(TestGraph.plusThatFailsFromThree(10));
        List<Waiting> waiting = sixteen(i -> 7);
        turn();
        assertThat(waiting).allSatisfy(one -> assertThat(one.failure).isNotNull());
        assertThat(runs(version)).isBetween(17L, 24L);
    }

    @Test
    void countsWaitingForMatesAsWaiting() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        Duration slow = Duration.ofMillis(30);
        come(ask("m", 1)).takes(slow);
        come(ask("m", 2));
        turn();
        assertThat(counts(version).queue()).isGreaterThan(slow);
    }

    private RegisteredVersion largeBatches(byte[] graph) {
        server.close();
        server =
                InferenceServer.start(
                        home.resolve("large"), Map.of("tidegate.inference.inline-limit", "60s"));
        return champion(graph);
    }

    private List<Waiting> sixteen(IntToDoubleFunction value) {
        return IntStream.range(0, 16)
                .mapToObj(i -> come(ask("m", (float) value.applyAsDouble(i))))
                .toList();
    }

    @Test
    void aGraphThatMixesRowsRunsEachAlone() {
        RegisteredVersion version = champion(TestGraph.lessTheMeanOfAllRows());
        List<Waiting> waiting = List.of(come(ask("m", 1)), come(ask("m", 5)));
        turn();
        assertThat(waiting).allSatisfy(one -> assertThat(one.floats()).containsExactly(0f));
        assertThat(runs(version)).isEqualTo(2);
    }

    @Test
    void requestsOfOtherShapesRunApart() {
        RegisteredVersion version = champion(TestGraph.identity(DataType.FLOAT, "N", "M"));
        List<Waiting> waiting = List.of(come(wide(1, 2)), come(wide(3, 4, 5)), come(wide(6, 7)));
        turn();
        assertThat(waiting.get(0).floats()).containsExactly(1f, 2f);
        assertThat(waiting.get(1).floats()).containsExactly(3f, 4f, 5f);
        assertThat(waiting.get(2).floats()).containsExactly(6f, 7f);
        assertThat(runs(version)).isEqualTo(2);
    }

    @Test
    void requestsForOtherOutputsRunApart() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        Waiting all = come(ask("m", 1));
        Waiting named =
                come(ask("m", 2).addOutputs(InferRequestedOutputTensor.newBuilder().setName("y")));
        turn();
        assertThat(all.floats()).containsExactly(11f);
        assertThat(named.floats()).containsExactly(12f);
        assertThat(runs(version)).isEqualTo(2);
    }

    @Test
    void theVersionsOwnLimitGoesBeforeTheServers() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        server.context
                .getBean(VersionTuning.class)
                .set(
                        "",
                        0,
                        "m",
                        "1",
                        VersionSettings.of(Map.of("max-batch", "2")),
                        InferenceServer.ENGINEER);
        List<Waiting> waiting = List.of(come(ask("m", 1)), come(ask("m", 2)), come(ask("m", 3)));
        turn();
        assertThat(waiting.get(2).floats()).containsExactly(13f);
        assertThat(runs(version)).isEqualTo(2);
    }

    @Test
    void moreRowsThanTheBatchMayHaveRunAlone() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        Waiting two = come(two(1, 2));
        Waiting alsoTwo = come(two(3, 4));
        Waiting more = come(ask("m", 5));
        turn();
        assertThat(two.floats()).containsExactly(11f, 12f);
        assertThat(alsoTwo.floats()).containsExactly(13f, 14f);
        assertThat(more.floats()).containsExactly(15f);
        assertThat(runs(version)).isEqualTo(2);
    }

    @Test
    void answersInTheOrderInWhichTheyCameWhateverTheirVersion() {
        champion(TestGraph.plus(10));
        server.context
                .getBean(LoadedVersions.class)
                .load(server.register("m", "2", TestGraph.plus(20)));
        List<Float> order = new ArrayList<>();
        come(ask("m", 1).setModelVersion("1")).tells(order);
        come(ask("m", 2).setModelVersion("2")).tells(order);
        come(ask("m", 3).setModelVersion("1")).tells(order);
        turn();
        assertThat(order).containsExactly(11f, 22f, 13f);
    }

    @Test
    void oneThatCannotBeAnsweredKeepsNobodyFromTheirs() {
        champion(TestGraph.plus(10));
        Waiting broken = come(ask("m", 1));
        broken.breaks();
        Waiting other = come(ask("m", 2));
        turn();
        assertThat(broken.failure).hasMessageContaining("could not be given");
        assertThat(other.floats()).containsExactly(12f);
    }

    @Test
    void oneWhoseClientWentAwayIsLeftOut() {
        RegisteredVersion version = champion(TestGraph.plus(10));
        Waiting gone = come(ask("m", 1));
        Waiting other = come(ask("m", 2));
        gone.leave();
        turn();
        assertThat(gone.answer).isNull();
        assertThat(other.floats()).containsExactly(12f);
        assertThat(runs(version)).isEqualTo(1);
        assertThat(server.events())
                .extracting("outcome")
                .containsExactlyInAnyOrder(Outcome.CANCELLED, Outcome.OK);
    }

    private RegisteredVersion champion(byte[] graph) {
        RegisteredVersion version = server.register("m", "1", graph);
        server.champion(version);
        return version;
    }

    private long runs(RegisteredVersion version) {
        return counts(version).executions();
    }

    private VersionCounts counts(RegisteredVersion version) {
        return server.context.getBean(InferenceCounters.class).of(version.id()).orElseThrow();
    }

    private static ModelInferRequest.Builder two(float first, float second) {
        ModelInferRequest.Builder request = ask("m", first);
        request.getInputsBuilder(0).setShape(0, 2);
        return request.setRawInputContents(0, raw(first, second));
    }

    private static ModelInferRequest.Builder wide(float... values) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(values.length))
                .addRawInputContents(raw(values));
    }

    private Waiting come(ModelInferRequest.Builder request) {
        Waiting waiting = new Waiting(loop::add);
        server.context.getBean(InferenceFlow.class).begin(waiting, request.build().toByteArray());
        return waiting;
    }

    private void turn() {
        List<Runnable> tasks = List.copyOf(loop);
        loop.clear();
        tasks.forEach(Runnable::run);
    }

    /** A client on the loop. */
    private static final class Waiting implements Caller {
        private final Executor loop;
        private List<Float> told = new ArrayList<>();
        private boolean broken;
        private Duration pause = Duration.ZERO;
        private @Nullable Exchange running;
        private byte @Nullable [] answer;
        private @Nullable RuntimeException failure;

        Waiting(Executor loop) {
            this.loop = loop;
        }

        /** Needs so long for its answer. */
        void takes(Duration time) {
            pause = time;
        }

        List<Float> floats() {
            assertThat(failure).isNull();
            try {
                return InferenceServer.floats(ModelInferResponse.parseFrom(answer));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        void tells(List<Float> order) {
            told = order;
        }

        void breaks() {
            broken = true;
        }

        void leave() {
            Objects.requireNonNull(running).cancel();
        }

        @Override
        public @Nullable String unit() {
            return null;
        }

        @Override
        public long patience() {
            return Long.MAX_VALUE;
        }

        @Override
        public Executor loop() {
            return loop;
        }

        @Override
        public void attach(Exchange exchange) {
            running = exchange;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void answer(byte[] response) {
            if (broken) {
                throw new IllegalStateException("call already closed");
            }
            LockSupport.parkNanos(pause.toNanos());
            answer = response;
            told.addAll(floats());
        }

        @Override
        public void fail(RuntimeException cause) {
            failure = cause;
        }
    }
}
