package dev.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowProtoMapper;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InferProtoMapperTest {
    private static final ModelSignature SIGNATURE =
            new ModelSignature(
                    List.of(
                            Column.number("age", "numbers", 1, false, 0, 99),
                            Column.number("income", "numbers", 0, true, 0, 9),
                            Column.category("town", "town", 0, false, List.of())),
                    List.of(
                            new TensorSpec("numbers", DataType.FP32, List.of(-1L, 2L)),
                            new TensorSpec("town", DataType.BYTES, List.of(-1L, 1L))),
                    List.of(new TensorSpec("p", DataType.FP32, List.of(-1L))));

    @Test
    void laysRowsOutByInputAndIndex() {
        ModelInferRequest request =
                RowProtoMapper.request(
                        "m",
                        "",
                        "u7",
                        SIGNATURE,
                        List.of(row("age=30,income=1.5,town=\"A, B\""), row("town=C,age=4")));
        assertThat(request.getParametersOrThrow("tidegate_unit").getStringParam()).isEqualTo("u7");
        assertThat(request.getInputs(0).getShapeList()).containsExactly(2L, 2L);
        assertThat(request.getInputs(0).getContents().getFp32ContentsList())
                .containsExactly(1.5f, 30f, Float.NaN, 4f);
        assertThat(request.getInputs(1).getContents().getBytesContentsList())
                .extracting(ByteString::toStringUtf8)
                .containsExactly("A, B", "C");
    }

    @Test
    void namesTheRowAndTheColumnWithoutAValue() {
        assertThatThrownBy(
                        () ->
                                RowProtoMapper.request(
                                        "m", "", "", SIGNATURE, List.of(row("town=C"))))
                .hasMessage("--row has no value for age, expected a number");
        assertThatThrownBy(
                        () ->
                                RowProtoMapper.request(
                                        "m", "", "", SIGNATURE, List.of(row("town=C,age=old"))))
                .hasMessage("--row: feature 'age' is old, expected a value that FP32 can hold");
    }

    @Test
    void readsTypedAndRawOutputsAlike() {
        InferOutputTensor.Builder output =
                InferOutputTensor.newBuilder().setName("p").setDatatype("FP32").addShape(2);
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder()
                        .setModelName("m")
                        .putParameters(
                                "tidegate_version",
                                InferParameter.newBuilder().setStringParam("v2").build());
        ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat(0.25f).putFloat(0.1f).flip();

        Document typed =
                InferProtoMapper.answer(
                        response.clone()
                                .addOutputs(
                                        output.clone()
                                                .setContents(
                                                        dev.tidegate.proto.inference
                                                                .InferTensorContents.newBuilder()
                                                                .addFp32Contents(0.25f)
                                                                .addFp32Contents(0.1f)))
                                .build());
        Document fromRaw =
                InferProtoMapper.answer(
                        response.clone()
                                .addOutputs(output)
                                .addRawOutputContents(ByteString.copyFrom(raw))
                                .build());

        assertThat(typed.text("version")).isEqualTo("v2");
        assertThat(typed.documents("outputs").getFirst().fields().get("data"))
                .isEqualTo(List.of(0.25, 0.1))
                .isEqualTo(fromRaw.documents("outputs").getFirst().fields().get("data"));
    }

    private static Row row(String text) {
        return new RowConverter().convert(text);
    }
}
