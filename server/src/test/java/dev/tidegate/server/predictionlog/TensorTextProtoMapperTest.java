package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.journal.Payload;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorTextProtoMapperTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    BOOL   | 0100             | [true,false]
                    UINT8  | ff               | [255]
                    UINT16 | ffff             | [65535]
                    UINT32 | ffffffff         | [4294967295]
                    UINT64 | ffffffffffffffff | [18446744073709551615]
                    INT8   | ff7f             | [-1,127]
                    INT16  | feff             | [-2]
                    INT32  | feffffff         | [-2]
                    INT64  | feffffffffffffff | [-2]
                    FP16   | 003c007e         | [1.0,null]
                    BF16   | 803f             | [1.0]
                    FP32   | 00002040         | [2.5]
                    FP64   | 000000000000f0ff | [null]
                    BYTES  | 02000000c3a801000000ff00000000 | ["è",null,""]
                    """)
    void showsRawElementsOfEachType(String type, String hex, String expected) {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .addInputs(InferInputTensor.newBuilder().setName("x").setDatatype(type))
                        .addRawInputContents(ByteString.copyFrom(HexFormat.of().parseHex(hex)))
                        .build();
        assertThat(TensorTextProtoMapper.inputs(Payload.whole(request.toByteArray())))
                .isEqualTo("{\"x\":" + expected + "}");
    }

    @Test
    void showsTypedElementsByTheNamesOfTheirTensors() {
        ModelInferResponse response =
                ModelInferResponse.newBuilder()
                        .addOutputs(
                                output(
                                        "score",
                                        InferTensorContents.newBuilder()
                                                .addFp32Contents(0.25f)
                                                .addFp32Contents(Float.NaN)))
                        .addOutputs(
                                output(
                                        "count",
                                        InferTensorContents.newBuilder().addUint64Contents(-1)))
                        .addOutputs(
                                output(
                                        "label",
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(
                                                        ByteString.copyFromUtf8("a \"b\""))))
                        .build();
        assertThat(TensorTextProtoMapper.outputs(Payload.whole(response.toByteArray())))
                .isEqualTo(
                        "{\"score\":[0.25,null],\"count\":[18446744073709551615],\"label\":[\"a \\\"b\\\"\"]}");
    }

    private static InferOutputTensor.Builder output(
            String name, InferTensorContents.Builder contents) {
        return InferOutputTensor.newBuilder().setName(name).setContents(contents);
    }

    @Test
    void showsNothingOfWhatIsNotKeptOrNoMessage() {
        assertThat(TensorTextProtoMapper.inputs(Payload.omitted(9))).isNull();
        assertThat(TensorTextProtoMapper.inputs(Payload.digest(9, new byte[32]))).isNull();
        assertThat(TensorTextProtoMapper.outputs(Payload.whole(new byte[0]))).isNull();
        assertThat(TensorTextProtoMapper.outputs(Payload.whole(new byte[] {-1}))).isNull();
        ModelInferRequest cut =
                ModelInferRequest.newBuilder()
                        .addInputs(InferInputTensor.newBuilder().setName("x").setDatatype("FP32"))
                        .addRawInputContents(ByteString.copyFrom(new byte[] {1, 2, 3}))
                        .build();
        assertThat(TensorTextProtoMapper.inputs(Payload.whole(cut.toByteArray()))).isNull();
    }
}
