package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.TensorSpec;
import dev.tidegate.server.routing.RouteReason;

/** Answers to inference requests. */
final class InferResponseProtoMapper {
    private final ContentsProtoMapper contents = new ContentsProtoMapper();

    /** Returns the message as it goes on the wire. */
    byte[] answer(Prediction prediction, Answer answer) {
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder()
                        .setModelName(answer.version().version().model())
                        .setModelVersion(answer.version().version().version())
                        .setId(prediction.clientId());
        parameters(prediction, answer, response);
        boolean raw = prediction.raw() || needsRaw(answer.outputs());
        for (int i = 0; i < answer.outputs().length; i++) {
            TensorSpec spec =
                    answer.version().version().signature().outputs().get(answer.wanted()[i]);
            output(spec.name(), answer.outputs()[i], raw, response);
        }
        return response.build().toByteArray();
    }

    private static void parameters(
            Prediction prediction, Answer answer, ModelInferResponse.Builder response) {
        response.putParameters("tidegate_version", text(answer.version().version().version()));
        response.putParameters("tidegate_reason", text(answer.reason().label()));
        response.putParameters("tidegate_prediction_id", text(prediction.id().toString()));
        if (answer.reason() != RouteReason.PINNED) {
            response.putParameters("tidegate_arm", text(prediction.armLabel()));
            response.putParameters(
                    "tidegate_epoch",
                    InferParameter.newBuilder().setInt64Param(prediction.epoch()).build());
        }
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    /** Two element types have no typed field in the protocol. */
    private static boolean needsRaw(Tensor[] outputs) {
        for (Tensor output : outputs) {
            if (output.datatype() == DataType.FP16 || output.datatype() == DataType.BF16) {
                return true;
            }
        }
        return false;
    }

    private void output(
            String name, Tensor tensor, boolean raw, ModelInferResponse.Builder response) {
        InferOutputTensor.Builder output =
                InferOutputTensor.newBuilder().setName(name).setDatatype(tensor.datatype().name());
        for (long dimension : tensor.shape()) {
            output.addShape(dimension);
        }
        if (raw) {
            response.addRawOutputContents(raw(tensor));
        } else {
            output.setContents(contents.write(tensor));
        }
        response.addOutputs(output);
    }

    private static ByteString raw(Tensor tensor) {
        return switch (tensor) {
            case NumericTensor numeric -> UnsafeByteOperations.unsafeWrap(numeric.bytes());
            case StringTensor text ->
                    UnsafeByteOperations.unsafeWrap(RawStrings.encode(text.values()));
        };
    }
}
