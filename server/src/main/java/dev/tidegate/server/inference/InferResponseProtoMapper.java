package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;
import dev.tidegate.server.routing.RouteReason;

/** Answers to inference requests. */
final class InferResponseProtoMapper {
    static final String PREDICTION_ID = "tidegate_prediction_id";

    private final ContentsProtoMapper contents = new ContentsProtoMapper();

    /** Returns the message as it goes on the wire. */
    byte[] answer(Prediction prediction, Answer answer) {
        if (prediction.raw() || needsRaw(answer.outputs())) {
            return answer.raw().answer(prediction, answer);
        }
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder()
                        .setModelName(answer.version().model())
                        .setModelVersion(answer.version().version())
                        .setId(prediction.clientId());
        parameters(answer.version(), prediction, answer.reason(), response);
        for (int i = 0; i < answer.outputs().length; i++) {
            TensorSpec spec = answer.version().signature().outputs().get(answer.wanted()[i]);
            output(spec.name(), answer.outputs()[i], response);
        }
        return response.build().toByteArray();
    }

    static void parameters(
            RegisteredVersion version,
            Prediction prediction,
            RouteReason reason,
            ModelInferResponse.Builder response) {
        response.putParameters("tidegate_version", text(version.version()));
        response.putParameters("tidegate_reason", text(reason.label()));
        response.putParameters(PREDICTION_ID, text(prediction.id().toString()));
        if (reason != RouteReason.PINNED) {
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

    private void output(String name, Tensor tensor, ModelInferResponse.Builder response) {
        InferOutputTensor.Builder output =
                InferOutputTensor.newBuilder().setName(name).setDatatype(tensor.datatype().name());
        for (long dimension : tensor.shape()) {
            output.addShape(dimension);
        }
        output.setContents(contents.write(tensor));
        response.addOutputs(output);
    }
}
