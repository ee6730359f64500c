package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static dev.tidegate.server.inference.InferenceServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelStreamInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamInferTest {
    /** Turns of a loop that no test lives to see the end of. */
    private static final float FOREVER = 1e10f;

    /** Turns of a loop that take more than a moment. */
    private static final float A_WHILE = 4e6f;

    /** Every version runs on a worker. */
    private static final Map<String, Object> WORKERS =
            Map.of(
                    "tidegate.inference.inline-limit",
                    "0ms",
                    "tidegate.inference.workers",
                    2,
                    "tidegate.inference.stream-requests",
                    2);

    private static final Metadata.Key<String> UNIT =
            Metadata.Key.of("tidegate-unit", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir private Path home;

    @Test
    void answersEachRequestAndEndsWhenTheClientHasNoMore() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            Stream stream = new Stream(server, Integer.MAX_VALUE);
            for (int i = 0; i < 50; i++) {
                stream.send(ask("m", i).setId("r" + i).build());
            }
            stream.call.halfClose();
            assertThat(stream.status().getCode()).isEqualTo(Status.Code.OK);
            assertThat(stream.answers())
                    .extracting(ModelInferResponse::getId)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> "r" + i).toList());
            assertThat(floats(stream.answers().get(7))).containsExactly(17f);
            assertThat(stream.answers())
                    .allSatisfy(
                            answer ->
                                    assertThat(
                                                    answer.getParametersOrThrow(
                                                                    "triton_final_response")
                                                            .getBoolParam())
                                            .isTrue());
            assertThat(server.events()).hasSize(50);
        }
    }

    @Test
    void saysWhatIsWrongWithARequestAndGoesOn() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            server.champion(server.register("m", "1", TestGraph.plusThatFailsFromThree(10)));
            Stream stream = new Stream(server, Integer.MAX_VALUE);
            stream.send(ask("none", 1).setId("a").build());
            stream.send(ask("m", 7).setId("b").build());
            stream.send(new byte[] {0x0a, 0x7f, 1});
            stream.send(ask("m", 2).setId("d").build());
            stream.call.halfClose();
            assertThat(stream.status().getCode()).isEqualTo(Status.Code.OK);
            assertThat(stream.errorOf("a")).startsWith("NOT_FOUND: model 'none'");
            assertThat(stream.errorOf("b")).startsWith("INTERNAL: m version 1 failed");
            assertThat(stream.errorOf("")).startsWith("INVALID_ARGUMENT: the message of 3 bytes");
            assertThat(floats(stream.answer("d"))).containsExactly(12f);
        }
    }

    @Test
    void givesTheUnitOfTheStreamToEachOfItsRequests() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion champion = server.register("m", "1", TestGraph.plus(0));
            RegisteredVersion candidate = server.register("m", "2", TestGraph.plus(0));
            server.canary(champion, candidate, 0.5);
            Metadata headers = new Metadata();
            headers.put(UNIT, "u-1");
            Stream stream = new Stream(server, Integer.MAX_VALUE, headers);
            IntStream.range(0, 20).forEach(i -> stream.send(ask("m", i).build()));
            stream.send(ask("m", 1).putParameters("tidegate_unit", text("u-2")).build());
            stream.call.halfClose();
            assertThat(stream.status().getCode()).isEqualTo(Status.Code.OK);
            assertThat(
                            server.events().subList(0, 20).stream()
                                    .map(ArmEvent::unitHash)
                                    .distinct()
                                    .toList())
                    .hasSize(1)
                    .doesNotContain(server.events().getLast().unitHash());
        }
    }

    @Test
    void answersInTheOrderOfCompletion() {
        try (InferenceServer server = InferenceServer.start(home, WORKERS)) {
            server.champion(server.register("m", "1", TestGraph.plusThatTakesItsTime()));
            Stream stream = new Stream(server, Integer.MAX_VALUE);
            stream.send(ask("m", A_WHILE).setId("slow").build());
            stream.send(ask("m", 1).setId("fast").build());
            stream.call.halfClose();
            assertThat(stream.status().getCode()).isEqualTo(Status.Code.OK);
            assertThat(stream.answers())
                    .extracting(ModelInferResponse::getId)
                    .containsExactly("fast", "slow");
        }
    }

    @Test
    void runsNoMoreRequestsOfAStreamAtATimeThanItMay() {
        try (InferenceServer server = InferenceServer.start(home, WORKERS)) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plusThatTakesItsTime());
            server.champion(version);
            Stream stream = new Stream(server, Integer.MAX_VALUE);
            IntStream.range(0, 5).forEach(i -> stream.send(ask("m", FOREVER).build()));
            await().until(() -> counts(server, version).executions() == 2);
            assertThat(counts(server, version).pending()).isZero();
            stream.call.cancel("enough", null);
            await().until(() -> counts(server, version).failure().count() == 2);
        }
    }

    @Test
    void cancelsWhatRunsWhenTheClientGoesAway() {
        try (InferenceServer server = InferenceServer.start(home, WORKERS)) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plusThatTakesItsTime());
            server.champion(version);
            Stream stream = new Stream(server, Integer.MAX_VALUE);
            stream.send(ask("m", FOREVER).build());
            stream.send(ask("m", FOREVER).build());
            await().until(() -> counts(server, version).executions() == 2);
            stream.call.cancel("gone", null);
            await().untilAsserted(
                            () ->
                                    assertThat(server.events())
                                            .extracting(ArmEvent::outcome)
                                            .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED));
            assertThat(floats(server.stub().modelInfer(ask("m", 3).build()))).containsExactly(3f);
        }
    }

    /** 500 answers of 64 KiB fit into no buffer between client and server. */
    @Test
    void readsNoFurtherWhileItsAnswersAreNotRead() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
            server.champion(version);
            Stream stream = new Stream(server, 1);
            ModelInferRequest large = rows(1 << 14);
            IntStream.range(0, 500).forEach(i -> stream.send(large));
            stream.call.halfClose();
            await().until(() -> stream.answers().size() == 1);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> counts(server, version).success().count() < 250);
            stream.call.request(499);
            assertThat(stream.status()).isEqualTo(Status.OK);
            assertThat(stream.answers()).hasSize(500);
        }
    }

    @Test
    void answersWhatItHasTakenBeforeItEndsForShutdown() {
        try (InferenceServer server = InferenceServer.start(home, WORKERS)) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plusThatTakesItsTime());
            server.champion(version);
            Stream idle = new Stream(server, Integer.MAX_VALUE);
            idle.send(ask("m", 1).build());
            await().until(() -> idle.answers().size() == 1);
            Stream busy = new Stream(server, Integer.MAX_VALUE);
            busy.send(ask("m", A_WHILE).build());
            await().until(() -> counts(server, version).executions() == 2);
            server.edge().close();
            assertThat(idle.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(idle.status().getDescription()).contains("shutting down");
            assertThat(busy.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(floats(busy.answers().getFirst())).containsExactly(A_WHILE);
        }
    }

    private static VersionCounts counts(InferenceServer server, RegisteredVersion version) {
        return server.context.getBean(InferenceCounters.class).of(version.id()).orElseThrow();
    }

    private static ModelInferRequest rows(int rows) {
        ModelInferRequest.Builder request =
                ask("m", 0)
                        .clearRawInputContents()
                        .addRawInputContents(ByteString.copyFrom(new byte[4 * rows]));
        request.getInputsBuilder(0).setShape(0, rows);
        return request.build();
    }

    /** A client that takes as many messages as it is told to. */
    private static final class Stream extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final List<ModelStreamInferResponse> messages = new CopyOnWriteArrayList<>();
        private volatile @Nullable Status status;

        Stream(InferenceServer server, int taken) {
            this(server, taken, new Metadata());
        }

        Stream(InferenceServer server, int taken, Metadata headers) {
            call =
                    server.channel.newCall(
                            GRPCInferenceServiceGrpc.getModelStreamInferMethod().toBuilder(
                                            new BytesMarshaller(), new BytesMarshaller())
                                    .build(),
                            CallOptions.DEFAULT);
            call.start(this, headers);
            call.request(taken);
        }

        void send(ModelInferRequest request) {
            send(request.toByteArray());
        }

        void send(byte[] message) {
            call.sendMessage(message);
        }

        @Override
        public void onMessage(byte[] message) {
            try {
                messages.add(ModelStreamInferResponse.parseFrom(message));
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onClose(Status ended, Metadata trailers) {
            status = ended;
        }

        Status status() {
            return await().atMost(Duration.ofMinutes(1)).until(() -> status, s -> s != null);
        }

        List<ModelInferResponse> answers() {
            return messages.stream()
                    .filter(message -> message.getErrorMessage().isEmpty())
                    .map(ModelStreamInferResponse::getInferResponse)
                    .toList();
        }

        ModelInferResponse answer(String id) {
            return answers().stream().filter(a -> a.getId().equals(id)).findFirst().orElseThrow();
        }

        String errorOf(String id) {
            return messages.stream()
                    .filter(message -> message.getInferResponse().getId().equals(id))
                    .map(ModelStreamInferResponse::getErrorMessage)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
