package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * One ONNX file behind one method, as somebody writes it who wants nothing else: generated stubs,
 * one session, no validation, no log, no routing.
 */
final class BareGrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final OrtEnvironment environment;
    private final OrtSession session;

    BareGrpcService(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        InferInputTensor input = request.getInputs(0);
        long[] shape = input.getShapeList().stream().mapToLong(Long::longValue).toArray();
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                environment,
                                request.getRawInputContents(0)
                                        .asReadOnlyByteBuffer()
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .asFloatBuffer(),
                                shape);
                OrtSession.Result result = session.run(Map.of(input.getName(), tensor))) {
            observer.onNext(response(request, (OnnxTensor) result.get(0)));
            observer.onCompleted();
        } catch (OrtException e) {
            System.err.println(BareServer.FAILED + e);
            observer.onError(Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    private ModelInferResponse response(ModelInferRequest request, OnnxTensor output) {
        InferOutputTensor.Builder described =
                InferOutputTensor.newBuilder()
                        .setName(session.getOutputNames().iterator().next())
                        .setDatatype("FP32");
        for (long dimension : output.getInfo().getShape()) {
            described.addShape(dimension);
        }
        return ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setId(request.getId())
                .addOutputs(described)
                .addRawOutputContents(ByteString.copyFrom(output.getByteBuffer()))
                .build();
    }
}
