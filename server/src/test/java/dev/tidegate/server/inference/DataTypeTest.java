package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.DataType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors of every element type and any rank through gRPC, the runtime, and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DataTypeTest {
    private static final long SEED = 4711;

    private InferenceServer server;

    @BeforeAll
    void start(@TempDir Path home) {
        server = InferenceServer.start(home, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void givesBackRawTensorsOfAnyRank(DataType datatype) {
        String model = model("raw", datatype, "A", "B", 3, "D");
        for (long[] shape : new long[][] {{2, 1, 3, 4}, {1, 1, 3, 1}, {5, 2, 3, 1}}) {
            ByteString values = values(datatype, Tensor.elements(shape));
            for (int round = 0; round < 3; round++) {
                ModelInferResponse response = ask(model, datatype, shape, values);
                assertThat(response.getOutputs(0).getDatatype()).isEqualTo(datatype.name());
                assertThat(response.getOutputs(0).getShapeList())
                        .containsExactlyElementsOf(Arrays.stream(shape).boxed().toList());
                assertThat(response.getRawOutputContentsList()).containsExactly(values);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesBackAScalar(DataType datatype) {
        String model = model("scalar", datatype);
        ByteString value = values(datatype, 1);
        for (int round = 0; round < 3; round++) {
            ModelInferResponse response = ask(model, datatype, new long[0], value);
            assertThat(response.getOutputs(0).getShapeCount()).isZero();
            assertThat(response.getRawOutputContentsList()).containsExactly(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAnEmptyBatchWithEmptyOutputs(DataType datatype) {
        String model = model("empty", datatype, "N", 3);
        for (int round = 0; round < 3; round++) {
            ModelInferResponse response = ask(model, datatype, new long[] {0, 3}, ByteString.EMPTY);
            assertThat(response.getOutputs(0).getShapeList()).containsExactly(0L, 3L);
            assertThat(response.getRawOutputContentsList()).containsExactly(ByteString.EMPTY);
            ByteString row = values(datatype, 3);
            assertThat(ask(model, datatype, new long[] {1, 3}, row).getRawOutputContentsList())
                    .containsExactly(row);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FP16", "BF16"})
    void givesBackTypedTensors(DataType datatype) {
        String model = model("typed", datatype, "N", 2);
        InferTensorContents contents = edges(datatype);
        ModelInferResponse response =
                server.stub().modelInfer(typed(model, datatype, List.of(1L, 2L), contents));
        assertThat(response.getRawOutputContentsCount()).isZero();
        assertThat(response.getOutputs(0).getContents()).isEqualTo(contents);
        ModelInferResponse empty =
                server.stub()
                        .modelInfer(
                                typed(
                                        model,
                                        datatype,
                                        List.of(0L, 2L),
                                        InferTensorContents.getDefaultInstance()));
        assertThat(empty.getOutputs(0).getShapeList()).containsExactly(0L, 2L);
    }

    @Test
    void takesAnEmptyTypedTensorWithoutContents() {
        String model = model("bare", DataType.FP32, "N", 2);
        ModelInferRequest.Builder request =
                typed(
                        model,
                        DataType.FP32,
                        List.of(0L, 2L),
                        InferTensorContents.getDefaultInstance())
                        .toBuilder();
        request.getInputsBuilder(0).clearContents();
        assertThat(server.stub().modelInfer(request.build()).getOutputs(0).getShapeList())
                .containsExactly(0L, 2L);
    }

    @Test
    void answersAModelWithoutInputsRaw() {
        server.champion(server.register("constant", "1", TestGraph.constant()));
        ModelInferResponse response =
                server.stub()
                        .modelInfer(
                                ModelInferRequest.newBuilder().setModelName("constant").build());
        assertThat(InferenceServer.floats(response)).containsExactly(7f);
        assertThat(response.getOutputs(0).getShapeCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"FP16", "BF16"})
    void refusesTypedTensorsThatTheProtocolHasNoFieldFor(DataType datatype) {
        String model = model("typed", datatype, "N", 2);
        InferTensorContents contents =
                InferTensorContents.newBuilder().addFp32Contents(1).addFp32Contents(2).build();
        assertThatThrownBy(
                        () ->
                                server.stub()
                                        .modelInfer(
                                                typed(model, datatype, List.of(1L, 2L), contents)))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode())
                                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
                            assertThat(e.getStatus().getDescription())
                                    .contains("input 'x'", datatype.name(), "raw_input_contents");
                        });
    }

    private String model(String purpose, DataType datatype, Object... shape) {
        String model = purpose + "-" + datatype.name().toLowerCase(java.util.Locale.ROOT);
        server.champion(server.register(model, "1", TestGraph.identity(graph(datatype), shape)));
        return model;
    }

    private ModelInferResponse ask(
            String model, DataType datatype, long[] shape, ByteString values) {
        return server.stub()
                .modelInfer(
                        ModelInferRequest.newBuilder()
                                .setModelName(model)
                                .addInputs(
                                        InferInputTensor.newBuilder()
                                                .setName("x")
                                                .setDatatype(datatype.name())
                                                .addAllShape(Arrays.stream(shape).boxed().toList()))
                                .addRawInputContents(values)
                                .build());
    }

    private static ModelInferRequest typed(
            String model, DataType datatype, List<Long> shape, InferTensorContents contents) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype(datatype.name())
                                .addAllShape(shape)
                                .setContents(contents))
                .build();
    }

    /** Returns raw elements, any bits where the type allows any. */
    private static ByteString values(DataType datatype, int elements) {
        Random random = new Random(SEED);
        if (datatype == DataType.BYTES) {
            String[] texts = new String[elements];
            Arrays.setAll(texts, i -> i == 0 ? "" : "é" + random.nextInt(1 << (i % 31)));
            return ByteString.copyFrom(RawStrings.encode(texts));
        }
        byte[] bytes = new byte[elements * ElementSize.of(datatype)];
        random.nextBytes(bytes);
        if (datatype == DataType.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 1;
            }
        }
        return ByteString.copyFrom(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Returns the least and the greatest value of the type. */
    private static InferTensorContents edges(DataType datatype) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        switch (datatype) {
            case BOOL -> contents.addBoolContents(false).addBoolContents(true);
            case UINT8 -> contents.addUintContents(0).addUintContents(255);
            case UINT16 -> contents.addUintContents(0).addUintContents(65535);
            case UINT32 -> contents.addUintContents(0).addUintContents(-1);
            case UINT64 -> contents.addUint64Contents(0).addUint64Contents(-1);
            case INT8 -> contents.addIntContents(-128).addIntContents(127);
            case INT16 -> contents.addIntContents(-32768).addIntContents(32767);
            case INT32 ->
                    contents.addIntContents(Integer.MIN_VALUE).addIntContents(Integer.MAX_VALUE);
            case INT64 ->
                    contents.addInt64Contents(Long.MIN_VALUE).addInt64Contents(Long.MAX_VALUE);
            case FP32 -> contents.addFp32Contents(-Float.MAX_VALUE).addFp32Contents(Float.NaN);
            case FP64 ->
                    contents.addFp64Contents(-Double.MAX_VALUE)
                            .addFp64Contents(Double.POSITIVE_INFINITY);
            case BYTES ->
                    contents.addBytesContents(ByteString.EMPTY)
                            .addBytesContents(ByteString.copyFromUtf8("日本 😀"));
            case FP16, BF16 -> throw new IllegalArgumentException(datatype + " has no field");
        }
        return contents.build();
    }

    private static TensorProto.DataType graph(DataType datatype) {
        return switch (datatype) {
            case BOOL -> TensorProto.DataType.BOOL;
            case UINT8 -> TensorProto.DataType.UINT8;
            case UINT16 -> TensorProto.DataType.UINT16;
            case UINT32 -> TensorProto.DataType.UINT32;
            case UINT64 -> TensorProto.DataType.UINT64;
            case INT8 -> TensorProto.DataType.INT8;
            case INT16 -> TensorProto.DataType.INT16;
            case INT32 -> TensorProto.DataType.INT32;
            case INT64 -> TensorProto.DataType.INT64;
            case FP16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            case FP32 -> TensorProto.DataType.FLOAT;
            case FP64 -> TensorProto.DataType.DOUBLE;
            case BYTES -> TensorProto.DataType.STRING;
        };
    }
}
