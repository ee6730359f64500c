package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RedactionProtoMapperTest {
    @ParameterizedTest
    @CsvSource({
        "BOOL, 2, 01 01 01 01, 01 00 01 00",
        "UINT8, 2, 0102 0304, 0100 0300",
        "INT16, 2, 01020304 05060708, 01020000 05060000",
        "BF16, 2, 01020304 05060708, 0102c07f 0506c07f",
        "FP16, 2, 01020304 05060708, 0102007e 0506007e",
        "FP32, 2, 0102030405060708 0102030405060708, 010203040000c07f 010203040000c07f",
        "INT64, 1, 0102030405060708 0102030405060708, 0102030405060708 0000000000000000",
        "FP64, 1, 0102030405060708 0102030405060708, 0102030405060708 000000000000f87f",
    })
    void emptiesARawColumnAndLeavesItsNeighbour(String type, int rows, String raw, String emptied)
            throws InvalidProtocolBufferException {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(input(type, rows, 2))
                        .addRawInputContents(hex(raw))
                        .build();
        assertThat(redacted(type, request).getRawInputContents(0)).isEqualTo(hex(emptied));
    }

    private static ByteString hex(String digits) {
        return ByteString.fromHex(digits.replace(" ", ""));
    }

    @Test
    void emptiesRawTextsAndKeepsTheOnesBetween() throws InvalidProtocolBufferException {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(input("BYTES", 2, 2))
                        .addRawInputContents(texts("a", "secret", "", "hidden"))
                        .build();
        assertThat(redacted("BYTES", request).getRawInputContents(0))
                .isEqualTo(texts("a", "", "", ""));
    }

    private static ByteString texts(String... texts) {
        ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        for (String text : texts) {
            bytes.putInt(text.length()).put(ByteString.copyFromUtf8(text).asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(bytes.flip());
    }

    @Test
    void emptiesTypedContentsOfEveryField() throws InvalidProtocolBufferException {
        InferTensorContents contents =
                InferTensorContents.newBuilder()
                        .addAllBoolContents(List.of(true, true))
                        .addAllIntContents(List.of(1, 2))
                        .addAllInt64Contents(List.of(3L, 4L))
                        .addAllUintContents(List.of(5, 6))
                        .addAllUint64Contents(List.of(7L, 8L))
                        .addAllFp32Contents(List.of(9f, 10f))
                        .addAllFp64Contents(List.of(11d, 12d))
                        .addBytesContents(ByteString.copyFromUtf8("a"))
                        .addBytesContents(ByteString.copyFromUtf8("b"))
                        .build();
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(input("FP32", 1, 2).setContents(contents))
                        .build();
        assertThat(redacted("FP32", request).getInputs(0).getContents())
                .isEqualTo(
                        InferTensorContents.newBuilder()
                                .addAllBoolContents(List.of(true, false))
                                .addAllIntContents(List.of(1, 0))
                                .addAllInt64Contents(List.of(3L, 0L))
                                .addAllUintContents(List.of(5, 0))
                                .addAllUint64Contents(List.of(7L, 0L))
                                .addAllFp32Contents(List.of(9f, Float.NaN))
                                .addAllFp64Contents(List.of(11d, Double.NaN))
                                .addBytesContents(ByteString.copyFromUtf8("a"))
                                .addBytesContents(ByteString.EMPTY)
                                .build());
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void takesAnInputWithoutElements(DataType type) throws InvalidProtocolBufferException {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(input(type.name(), 0, 2))
                        .addRawInputContents(ByteString.EMPTY)
                        .build();
        assertThat(redacted(type.name(), request).getRawInputContents(0).isEmpty()).isTrue();
    }

    @Test
    void keepsNothingThatTheProtocolDoesNotKnow() throws InvalidProtocolBufferException {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(input("FP32", 0, 2))
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(
                                                99,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addVarint(4711)
                                                        .build())
                                        .build())
                        .build();
        assertThat(redacted("FP32", request).getUnknownFields().asMap()).isEmpty();
    }

    private static InferInputTensor.Builder input(String type, long rows, long width) {
        return InferInputTensor.newBuilder()
                .setName("x")
                .setDatatype(type)
                .addShape(rows)
                .addShape(width);
    }

    /** Redacts column b, the second of two in the input x. */
    private static ModelInferRequest redacted(String type, ModelInferRequest request)
            throws InvalidProtocolBufferException {
        ModelSignature signature =
                new ModelSignature(
                        List.of(
                                Column.number("a", "x", 0, true, 0, 1),
                                Column.number("b", "x", 1, true, 0, 1)),
                        List.of(new TensorSpec("x", DataType.valueOf(type), List.of(-1L, 2L))),
                        List.of());
        RedactedFields fields = new RedactedFields(new LogSettings(List.of("b"), 1), signature);
        return ModelInferRequest.parseFrom(
                RedactionProtoMapper.request(fields, request.toByteArray()));
    }
}
