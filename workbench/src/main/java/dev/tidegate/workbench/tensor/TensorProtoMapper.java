package dev.tidegate.workbench.tensor;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import java.util.ArrayList;
import java.util.List;

/** Tensors on the wire as {@link Tensor}s, and back. */
public final class TensorProtoMapper {
    private TensorProtoMapper() {}

    /** The inputs of a request, typed or raw. */
    public static List<Tensor> inputs(ModelInferRequest request) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            ModelInferRequest.InferInputTensor input = request.getInputs(i);
            List<String> values =
                    i < request.getRawInputContentsCount()
                            ? RawTensor.values(input.getDatatype(), request.getRawInputContents(i))
                            : values(input.getContents());
            tensors.add(
                    new Tensor(input.getName(), input.getDatatype(), input.getShapeList(), values));
        }
        return tensors;
    }

    /** The outputs of an answer, typed or raw. */
    public static List<Tensor> outputs(ModelInferResponse response) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            ModelInferResponse.InferOutputTensor output = response.getOutputs(i);
            List<String> values =
                    i < response.getRawOutputContentsCount()
                            ? RawTensor.values(
                                    output.getDatatype(), response.getRawOutputContents(i))
                            : values(output.getContents());
            tensors.add(
                    new Tensor(
                            output.getName(), output.getDatatype(), output.getShapeList(), values));
        }
        return tensors;
    }

    private static List<String> values(InferTensorContents contents) {
        List<String> values = new ArrayList<>();
        contents.getBoolContentsList().forEach(value -> values.add(value.toString()));
        contents.getIntContentsList().forEach(value -> values.add(value.toString()));
        contents.getInt64ContentsList().forEach(value -> values.add(value.toString()));
        contents.getUintContentsList()
                .forEach(value -> values.add(Integer.toUnsignedString(value)));
        contents.getUint64ContentsList().forEach(value -> values.add(Long.toUnsignedString(value)));
        contents.getFp32ContentsList().forEach(value -> values.add(value.toString()));
        contents.getFp64ContentsList().forEach(value -> values.add(value.toString()));
        contents.getBytesContentsList().forEach(value -> values.add(value.toStringUtf8()));
        return values;
    }

    /**
     * A typed input; throws {@link NumberFormatException} for an element that the data type does
     * not have.
     */
    public static ModelInferRequest.InferInputTensor input(Tensor tensor) {
        return ModelInferRequest.InferInputTensor.newBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.datatype())
                .addAllShape(tensor.shape())
                .setContents(contents(tensor))
                .build();
    }

    private static InferTensorContents contents(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        tensor.values().forEach(value -> add(contents, tensor.datatype(), value));
        return contents.build();
    }

    private static void add(InferTensorContents.Builder contents, String datatype, String value) {
        switch (datatype) {
            case "BOOL" -> contents.addBoolContents(Boolean.parseBoolean(value));
            case "INT8", "INT16", "INT32" -> contents.addIntContents(Integer.parseInt(value));
            case "INT64" -> contents.addInt64Contents(Long.parseLong(value));
            case "UINT8", "UINT16", "UINT32" ->
                    contents.addUintContents(Integer.parseUnsignedInt(value));
            case "UINT64" -> contents.addUint64Contents(Long.parseUnsignedLong(value));
            case "FP32" -> contents.addFp32Contents(Float.parseFloat(value));
            case "FP64" -> contents.addFp64Contents(Double.parseDouble(value));
            case "BYTES" -> contents.addBytesContents(ByteString.copyFromUtf8(value));
            default ->
                    throw new IllegalArgumentException(
                            "Expected a data type that can be typed in, got " + datatype);
        }
    }
}
