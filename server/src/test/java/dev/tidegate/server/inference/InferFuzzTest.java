package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.raw;
import static dev.tidegate.server.inference.InferenceServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.proto.inference.ModelStreamInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that were damaged on their way, always the same ones. */
final class InferFuzzTest {
    private static final long SEED = 20_261_121;
    private static final int UNARY = 3_000;
    private static final int STREAMED = 1_500;

    @TempDir private Path home;
    private InferenceServer server;
    private RegisteredVersion version;
    private LoadedVersion loaded;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of());
        version = server.register("m", "1", TestGraph.tabular());
        server.champion(version);
        loaded = Objects.requireNonNull(versions().acquire(version.id()));
        loaded.release();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersOrRefusesWhateverComes() {
        Damage damage = new Damage(SEED, requests());
        Map<Status.Code, Integer> told = new EnumMap<>(Status.Code.class);
        for (int i = 0; i < UNARY; i++) {
            byte[] message = damage.next();
            Status status = ask(message);
            assertThat(status.getCode())
                    .as("message %d %s: %s", i, ByteString.copyFrom(message), status)
                    .isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
            told.merge(status.getCode(), 1, Integer::sum);
        }
        assertThat(told)
                .containsOnlyKeys(
                        Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
        assertThat(ask(requests().getFirst()).isOk()).isTrue();
        assertThat(server.events()).hasSize(told.getOrDefault(Status.Code.OK, 0) + 1);
        assertNothingHoldsTheVersion();
    }

    @Test
    void answersOrRefusesWhateverComesInAStream() throws InvalidProtocolBufferException {
        Damage damage = new Damage(SEED + 1, requests());
        List<byte[]> messages = new CopyOnWriteArrayList<>();
        ClientCall<byte[], byte[]> stream =
                server.channel.newCall(
                        wire(GRPCInferenceServiceGrpc.getModelStreamInferMethod()),
                        CallOptions.DEFAULT);
        stream.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        messages.add(message);
                    }
                },
                new Metadata());
        stream.request(Integer.MAX_VALUE);
        for (int i = 0; i < STREAMED; i++) {
            stream.sendMessage(damage.next());
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> messages.size() == STREAMED);
        int failed = 0;
        for (byte[] message : messages) {
            String error = ModelStreamInferResponse.parseFrom(message).getErrorMessage();
            if (!error.isEmpty()) {
                assertThat(error).matches("(?s)(INVALID_ARGUMENT|NOT_FOUND): .*");
                failed++;
            }
        }
        assertThat(failed).isBetween(1, STREAMED - 1);
        stream.cancel("enough", null);
        assertNothingHoldsTheVersion();
    }

    /** Once the table has let go of it, nobody can hold a version that nobody holds. */
    private void assertNothingHoldsTheVersion() {
        server.champion(server.register("m", "2", TestGraph.tabular()));
        versions().unload(version.id());
        await().until(() -> !loaded.hold());
    }

    private LoadedVersions versions() {
        return server.context.getBean(LoadedVersions.class);
    }

    private Status ask(byte[] message) {
        try {
            ClientCalls.blockingUnaryCall(
                    server.channel,
                    wire(GRPCInferenceServiceGrpc.getModelInferMethod()),
                    CallOptions.DEFAULT,
                    message);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static MethodDescriptor<byte[], byte[]> wire(MethodDescriptor<?, ?> method) {
        return method.toBuilder(new BytesMarshaller(), new BytesMarshaller()).build();
    }

    /** Returns sound requests of every form. */
    private static List<byte[]> requests() {
        InferInputTensor numbers = input("numbers", "FP32", 2, 2);
        InferInputTensor contract = input("contract", "BYTES", 2, 1);
        ModelInferRequest rawRequest =
                ModelInferRequest.newBuilder()
                        .setModelName("m")
                        .setId("raw")
                        .addInputs(numbers)
                        .addInputs(contract)
                        .addRawInputContents(raw(1, 2, 3, 4))
                        .addRawInputContents(
                                ByteString.copyFrom(RawStrings.encode(new String[] {"é", "b"})))
                        .build();
        ModelInferRequest typed =
                ModelInferRequest.newBuilder()
                        .setModelName("m")
                        .setModelVersion("1")
                        .putParameters("tidegate_unit", text("u"))
                        .addInputs(
                                numbers.toBuilder()
                                        .setContents(
                                                InferTensorContents.newBuilder()
                                                        .addAllFp32Contents(
                                                                List.of(1f, 2f, 3f, 4f))))
                        .addInputs(
                                contract.toBuilder()
                                        .setContents(
                                                InferTensorContents.newBuilder()
                                                        .addBytesContents(
                                                                ByteString.copyFromUtf8("a"))
                                                        .addBytesContents(ByteString.EMPTY)))
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("kind"))
                        .build();
        List<byte[]> requests = new ArrayList<>();
        requests.add(rawRequest.toByteArray());
        requests.add(typed.toByteArray());
        requests.add(rawRequest.toBuilder().setModelVersion("1").build().toByteArray());
        return requests;
    }

    private static InferInputTensor input(String name, String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName(name).setDatatype(datatype);
        for (long dimension : shape) {
            input.addShape(dimension);
        }
        return input.build();
    }
}
