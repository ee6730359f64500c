package dev.tidegate.server.inference.row;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.List;

/** Rows as inference requests. */
public final class RowProtoMapper {
    private RowProtoMapper() {}

    /**
     * Returns one request for all the rows.
     *
     * @param version empty: the server's choice
     * @param unit empty: none
     */
    public static ModelInferRequest request(
            String model, String version, String unit, ModelSignature signature, List<Row> rows) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(model).setModelVersion(version);
        if (!unit.isEmpty()) {
            request.putParameters(
                    "tidegate_unit", InferParameter.newBuilder().setStringParam(unit).build());
        }
        boolean isRaw = signature.inputs().stream().anyMatch(RowProtoMapper::hasNoTypedForm);
        for (TensorSpec input : signature.inputs()) {
            if (isRaw) {
                addRaw(request, signature, input, rows);
            } else {
                addTyped(request, signature, input, rows);
            }
        }
        return request.build();
    }

    /** Returns whether tensors of the type go only raw, and all others of the request with it. */
    private static boolean hasNoTypedForm(TensorSpec input) {
        return input.datatype() == DataType.FP16 || input.datatype() == DataType.BF16;
    }

    private static void addRaw(
            ModelInferRequest.Builder request,
            ModelSignature signature,
            TensorSpec input,
            List<Row> rows) {
        RawElements elements = new RawElements(input.datatype());
        request.addInputs(tensor(signature, input, elements, rows));
        request.addRawInputContents(ByteString.copyFrom(elements.content()));
    }

    private static void addTyped(
            ModelInferRequest.Builder request,
            ModelSignature signature,
            TensorSpec input,
            List<Row> rows) {
        TypedElementsProtoMapper elements = new TypedElementsProtoMapper(input.datatype());
        request.addInputs(
                tensor(signature, input, elements, rows).setContents(elements.contents()));
    }

    private static InferInputTensor.Builder tensor(
            ModelSignature signature, TensorSpec input, Elements elements, List<Row> rows) {
        RowTensor tensor = new RowTensor(signature, input, elements, rows.size());
        rows.forEach(tensor::add);
        return InferInputTensor.newBuilder()
                .setName(input.name())
                .setDatatype(input.datatype().name())
                .addAllShape(tensor.shape());
    }
}
