package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.askTyped;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static dev.tidegate.server.inference.InferenceServer.parameter;
import static dev.tidegate.server.inference.InferenceServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelInferTest {
    @TempDir private Path home;
    private InferenceServer server;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of("tidegate.edge.max-message-bytes", 1 << 20));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersRawToRawAndTypedToTyped() {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        ModelInferResponse raw = server.stub().modelInfer(ask("m", 5).setId("mine").build());
        assertThat(floats(raw)).containsExactly(15f);
        assertThat(raw.getOutputs(0).getName()).isEqualTo("y");
        assertThat(raw.getOutputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(raw.getOutputs(0).getShapeList()).containsExactly(1L, 1L);
        assertThat(raw.getOutputs(0).hasContents()).isFalse();
        assertThat(raw.getId()).isEqualTo("mine");
        assertThat(raw.getModelName()).isEqualTo("m");
        assertThat(raw.getModelVersion()).isEqualTo("1");

        ModelInferResponse typed = server.stub().modelInfer(askTyped("m", 5).build());
        assertThat(typed.getOutputs(0).getContents().getFp32ContentsList()).containsExactly(15f);
        assertThat(typed.getRawOutputContentsCount()).isZero();
    }

    @Test
    void saysWhoAnswered() {
        RegisteredVersion version = server.register("m", "1", TestGraph.plus(10));
        server.champion(version);
        ModelInferResponse response = server.stub().modelInfer(ask("m", 5).setId("mine").build());
        assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
        assertThat(parameter(response, "tidegate_arm")).isEqualTo("champion");
        assertThat(parameter(response, "tidegate_reason")).isEqualTo("champion");
        assertThat(response.getParametersOrThrow("tidegate_epoch").getInt64Param()).isPositive();

        ArmEvent event = server.events().getFirst();
        assertThat(event.predictionId()).hasToString(parameter(response, "tidegate_prediction_id"));
        assertThat(event.outcome()).isEqualTo(Outcome.OK);
        assertThat(event.answeredVersionId()).isEqualTo(version.id());
        assertThat(event.clientId()).isEqualTo("mine");
        assertThat(event.inEvidence()).isFalse();
    }

    @Test
    void journalsTheMessagesAsTheyWent() throws InvalidProtocolBufferException {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        ModelInferRequest request = ask("m", 5).setId("mine").build();
        ModelInferResponse response = server.stub().modelInfer(request);
        ArmEvent event = server.events().getFirst();
        assertThat(ModelInferRequest.parseFrom(event.request().bytes())).isEqualTo(request);
        assertThat(ModelInferResponse.parseFrom(event.response().bytes())).isEqualTo(response);
    }

    @Test
    void givesOnlyTheWantedOutputs() {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        ModelInferRequest.Builder request =
                ask("m", 5).addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"));
        assertThat(server.stub().modelInfer(request.build()).getOutputsCount()).isEqualTo(1);
        refused(
                request.addOutputs(InferRequestedOutputTensor.newBuilder().setName("yy")).build(),
                "'yy' is unknown",
                "did you mean 'y'");
    }

    @Test
    void keepsAUnitOnItsArm() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(10));
        RegisteredVersion candidate = server.register("m", "2", TestGraph.plus(20));
        server.canary(champion, candidate, 0.5);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        for (int unit = 0; unit < 40; unit++) {
            ModelInferRequest request =
                    ask("m", 0).putParameters("tidegate_unit", text("u" + unit)).build();
            String arm = parameter(server.stub().modelInfer(request), "tidegate_arm");
            ModelInferResponse again = server.stub().modelInfer(request);
            assertThat(parameter(again, "tidegate_arm")).isEqualTo(arm);
            assertThat(floats(again)).containsExactly(arm.equals("candidate") ? 20f : 10f);
            Metadata headers = new Metadata();
            headers.put(
                    Metadata.Key.of("tidegate-unit", Metadata.ASCII_STRING_MARSHALLER), "u" + unit);
            assertThat(
                            parameter(
                                    server.stub()
                                            .withInterceptors(
                                                    MetadataUtils.newAttachHeadersInterceptor(
                                                            headers))
                                            .modelInfer(ask("m", 0).build()),
                                    "tidegate_arm"))
                    .isEqualTo(arm);
            seen.add(arm);
        }
        assertThat(seen).containsExactlyInAnyOrder("champion", "candidate");
        assertThat(server.events()).allMatch(ArmEvent::inEvidence);
    }

    @Test
    void answersAFailedCandidateFromTheChampion() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(10));
        RegisteredVersion candidate =
                server.register("m", "2", TestGraph.plusThatFailsFromThree(20));
        server.canary(champion, candidate, 0.999);
        int stoodIn = 0;
        for (int i = 0; i < 60; i++) {
            ModelInferResponse response = server.stub().modelInfer(ask("m", 7).build());
            assertThat(floats(response)).containsExactly(17f);
            if (parameter(response, "tidegate_reason").equals("failover")) {
                stoodIn++;
                assertThat(parameter(response, "tidegate_version")).isEqualTo("1");
                assertThat(parameter(response, "tidegate_arm")).isEqualTo("candidate");
            }
        }
        assertThat(stoodIn).isPositive();
        assertThat(server.events())
                .filteredOn(event -> event.arm() == Arm.CANDIDATE)
                .hasSize(stoodIn)
                .allSatisfy(
                        event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
                            assertThat(event.routedVersionId()).isEqualTo(candidate.id());
                            assertThat(event.answeredVersionId()).isEqualTo(champion.id());
                            assertThat(event.reason()).isEqualTo(RouteReason.FAILOVER);
                            assertThat(event.error()).contains("Gather");
                            assertThat(event.response().size()).isPositive();
                        });
    }

    @Test
    void tellsTheClientWhenTheChampionFails() {
        RegisteredVersion champion =
                server.register("m", "1", TestGraph.plusThatFailsFromThree(10));
        server.champion(champion);
        assertThatThrownBy(() -> server.stub().modelInfer(ask("m", 7).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
                            assertThat(e.getStatus().getDescription())
                                    .contains("m version 1", "Gather");
                        });
        assertThat(floats(server.stub().modelInfer(ask("m", 2).build()))).containsExactly(12f);
        assertThat(server.events())
                .extracting(ArmEvent::outcome)
                .containsExactly(Outcome.FAILED, Outcome.OK);
        assertThat(server.events().getFirst().answeredVersionId()).isZero();
    }

    @Test
    void givesAVersionThatIsNamedAndCountsItForNoArm() {
        server.champion(server.register("m", "1", TestGraph.plus(10)));
        RegisteredVersion second = server.register("m", "2", TestGraph.plus(20));
        ModelInferResponse response =
                server.stub().modelInfer(ask("m", 1).setModelVersion("2").build());
        assertThat(floats(response)).containsExactly(21f);
        assertThat(parameter(response, "tidegate_reason")).isEqualTo("pinned");
        assertThat(server.events())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.reason()).isEqualTo(RouteReason.PINNED);
                            assertThat(event.inEvidence()).isFalse();
                            assertThat(event.answeredVersionId()).isEqualTo(second.id());
                        });
    }

    @Test
    void losesNothingWhileRoutesAreSwapped() {
        RegisteredVersion first = server.register("m", "1", TestGraph.plus(10));
        RegisteredVersion second = server.register("m", "2", TestGraph.plus(20));
        server.champion(first);
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Integer>> clients =
                IntStream.range(0, 4)
                        .mapToObj(
                                client ->
                                        CompletableFuture.supplyAsync(
                                                () -> askUntil(stop, client),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        for (int swap = 0; swap < 15; swap++) {
            server.champion(swap % 2 == 0 ? second : first);
            LoadedVersions versions = server.context.getBean(LoadedVersions.class);
            versions.unload(swap % 2 == 0 ? first.id() : second.id());
        }
        stop.set(true);
        int answered = clients.stream().mapToInt(CompletableFuture::join).sum();
        assertThat(server.events()).hasSize(answered).allMatch(e -> e.outcome() == Outcome.OK);
    }

    private int askUntil(AtomicBoolean stop, int client) {
        int answered = 0;
        while (!stop.get()) {
            float answer = floats(server.stub().modelInfer(ask("m", client).build())).getFirst();
            if (answer != client + 10 && answer != client + 20) {
                throw new AssertionError("answer " + answer + " to " + client);
            }
            answered++;
        }
        return answered;
    }

    @Test
    void takesAndGivesStrings() {
        server.champion(server.register("s", "1", TestGraph.identity(DataType.STRING, "N", 1)));
        ModelInferResponse typed =
                server.stub()
                        .modelInfer(
                                ModelInferRequest.newBuilder()
                                        .setModelName("s")
                                        .addInputs(
                                                InferInputTensor.newBuilder()
                                                        .setName("x")
                                                        .setDatatype("BYTES")
                                                        .addShape(2)
                                                        .addShape(1)
                                                        .setContents(
                                                                InferTensorContents.newBuilder()
                                                                        .addBytesContents(
                                                                                ByteString
                                                                                        .copyFromUtf8(
                                                                                                "grüße 😀"))
                                                                        .addBytesContents(
                                                                                ByteString.EMPTY)))
                                        .build());
        assertThat(typed.getOutputs(0).getContents().getBytesContentsList())
                .containsExactly(ByteString.copyFromUtf8("grüße 😀"), ByteString.EMPTY);

        ByteString raw = ByteString.copyFrom(new byte[] {2, 0, 0, 0, 'h', 'i', 0, 0, 0, 0});
        ModelInferResponse back =
                server.stub()
                        .modelInfer(
                                ModelInferRequest.newBuilder()
                                        .setModelName("s")
                                        .addInputs(
                                                InferInputTensor.newBuilder()
                                                        .setName("x")
                                                        .setDatatype("BYTES")
                                                        .addShape(2)
                                                        .addShape(1))
                                        .addRawInputContents(raw)
                                        .build());
        assertThat(back.getRawOutputContents(0)).isEqualTo(raw);
    }

    @Test
    void namesWhatItKnowsWhenAModelIsUnknown() {
        server.champion(server.register("churn", "1", TestGraph.plus(1)));
        server.register("idle", "1", TestGraph.plus(1));
        status(ask("chrun", 1).build(), Status.Code.NOT_FOUND, "'chrun'", "churn");
        status(
                ask("churn", 1).setModelVersion("9").build(),
                Status.Code.NOT_FOUND,
                "'9'",
                "known: 1");
        status(ask("idle", 1).build(), Status.Code.FAILED_PRECONDITION, "'idle'", "champion");
        assertThat(server.events()).isEmpty();
    }

    @Test
    void namesLongValuesByTheirBeginning() {
        server.champion(
                server.register(
                        "m",
                        "1",
                        TestGraph.identity(DataType.STRING, "N", 1),
                        """
                        {"columns": [{"name": "colour", "kind": "category", "input": "x", "index": 0,
                                      "nullable": false, "allowed": ["red"]}],
                         "inputs": [{"name": "x", "datatype": "BYTES", "shape": [-1, 1]}],
                         "outputs": [{"name": "y", "datatype": "BYTES", "shape": [-1, 1]}]}
                        """));
        refused(
                texts("ü".repeat(20_000)),
                "category 'üüü",
                "… (20000 characters)' came, expected one of 'red'");
        refused(
                ModelInferRequest.newBuilder()
                        .setModelName("m")
                        .addInputs(
                                InferInputTensor.newBuilder()
                                        .setName("x")
                                        .setDatatype("BYTES")
                                        .addAllShape(Collections.nCopies(3000, 1L)))
                        .build(),
                "of rank 3000 came, expected rank 2, shape [-1, 1]");
        status(ask("x".repeat(20_000), 1).build(), Status.Code.NOT_FOUND, "known: m");
    }

    private static ModelInferRequest texts(String value) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("BYTES")
                                .addShape(1)
                                .addShape(1)
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(ByteString.copyFromUtf8(value))))
                .build();
    }

    @Test
    void knowsNoNameThatNobodyCanHave() {
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        status(ask("m", 1).setModelVersion("1\0").build(), Status.Code.NOT_FOUND, "known: 1");
        status(ask("m\0", 1).build(), Status.Code.NOT_FOUND, "known: m");
        notFound(
                () ->
                        server.stub()
                                .modelMetadata(
                                        ModelMetadataRequest.newBuilder()
                                                .setName("m")
                                                .setVersion("\0")
                                                .build()));
        notFound(
                () ->
                        server.stub()
                                .modelReady(
                                        ModelReadyRequest.newBuilder()
                                                .setName("m")
                                                .setVersion("1\0")
                                                .build()));
    }

    private static void notFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void refusesAMessageThatIsTooLarge() {
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        ModelInferRequest large =
                ask("m", 1).addRawInputContents(ByteString.copyFrom(new byte[2 << 20])).build();
        status(large, Status.Code.RESOURCE_EXHAUSTED, "1048576");
        assertThat(floats(server.stub().modelInfer(ask("m", 5).build()))).containsExactly(6f);
    }

    private void refused(ModelInferRequest request, String... parts) {
        status(request, Status.Code.INVALID_ARGUMENT, parts);
    }

    private void status(ModelInferRequest request, Status.Code code, String... parts) {
        assertThatThrownBy(() -> server.stub().modelInfer(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode()).isEqualTo(code);
                            assertThat(e.getStatus().getDescription()).contains(parts);
                        });
    }
}
