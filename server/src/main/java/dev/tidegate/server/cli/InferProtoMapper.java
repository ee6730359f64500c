package dev.tidegate.server.cli;

import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.registry.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers of inference as documents. */
final class InferProtoMapper {
    private InferProtoMapper() {}

    /** Returns model, version, outputs, and which arm answered why. */
    static Document answer(ModelInferResponse response) {
        Document answer =
                new Document()
                        .with("model", response.getModelName())
                        .with("version", parameter(response, "tidegate_version"))
                        .with("arm", parameter(response, "tidegate_arm"))
                        .with("reason", parameter(response, "tidegate_reason"))
                        .with("id", parameter(response, "tidegate_prediction_id"));
        if (answer.text("version").isEmpty()) {
            answer.with("version", response.getModelVersion());
        }
        return answer.with(
                "outputs",
                IntStream.range(0, response.getOutputsCount())
                        .mapToObj(i -> output(response, i))
                        .toList());
    }

    static @Nullable String parameter(ModelInferResponse response, String name) {
        InferParameter value = response.getParametersMap().get(name);
        return value == null ? null : value.getStringParam();
    }

    private static Document output(ModelInferResponse response, int index) {
        InferOutputTensor output = response.getOutputs(index);
        return new Document()
                .with("name", output.getName())
                .with("datatype", output.getDatatype())
                .with("shape", List.copyOf(output.getShapeList()))
                .with(
                        "data",
                        response.getRawOutputContentsCount() > 0
                                ? RawTensor.values(
                                        DataType.valueOf(output.getDatatype()),
                                        response.getRawOutputContents(index).asReadOnlyByteBuffer())
                                : typed(output.getContents()));
    }

    private static List<Object> typed(InferTensorContents contents) {
        List<Object> values = new ArrayList<>();
        values.addAll(contents.getBoolContentsList());
        values.addAll(contents.getIntContentsList());
        values.addAll(contents.getInt64ContentsList());
        contents.getUintContentsList().forEach(v -> values.add(Integer.toUnsignedLong(v)));
        contents.getUint64ContentsList()
                .forEach(v -> values.add(new java.math.BigInteger(Long.toUnsignedString(v))));
        contents.getFp32ContentsList().forEach(v -> values.add(Double.parseDouble(v.toString())));
        values.addAll(contents.getFp64ContentsList());
        contents.getBytesContentsList().forEach(v -> values.add(v.toStringUtf8()));
        return values;
    }
}
