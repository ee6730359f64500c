package dev.tidegate.workbench;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers 0.27 from v2, and refuses a tenure above 1,000 as a server does: with the column in the
 * message.
 */
public final class ScriptedInference extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();

    public List<ModelInferRequest> requests() {
        return requests;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        requests.add(request);
        if (request.getInputs(0).getContents().getFp32Contents(0) > 1000) {
            observer.onError(
                    Status.INVALID_ARGUMENT
                            .withDescription(
                                    "column tenure: expected at most 1000, got "
                                            + request.getInputs(0).getContents().getFp32Contents(0))
                            .asRuntimeException());
            return;
        }
        observer.onNext(
                ModelInferResponse.newBuilder()
                        .setModelName(request.getModelName())
                        .setModelVersion("v2")
                        .putParameters("tidegate_version", text("v2"))
                        .putParameters("tidegate_arm", text("candidate"))
                        .putParameters("tidegate_reason", text("candidate"))
                        .putParameters(
                                "tidegate_prediction_id",
                                text("0198c0de-1111-7000-8000-00000000abcd"))
                        .addOutputs(
                                ModelInferResponse.InferOutputTensor.newBuilder()
                                        .setName("probability")
                                        .setDatatype("FP32")
                                        .addShape(1)
                                        .addShape(1)
                                        .setContents(
                                                InferTensorContents.newBuilder()
                                                        .addFp32Contents(0.27f)))
                        .build());
        observer.onCompleted();
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }
}
