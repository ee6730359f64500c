package dev.tidegate.workbench.playground;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.tensor.Tensor;
import dev.tidegate.workbench.tensor.TensorProtoMapper;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** {@link InferenceGateway} over gRPC. */
public final class GrpcInferenceGateway implements InferenceGateway {
    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceStub stub;
    private final LongSupplier nanos;

    /** The supplier gives nanoseconds of a monotonic clock. */
    public GrpcInferenceGateway(Channel channel, LongSupplier nanos) {
        this.stub = GRPCInferenceServiceGrpc.newStub(channel);
        this.nanos = nanos;
    }

    @Override
    public CompletableFuture<Outcome<Prediction>> infer(
            String model, String version, String unit, List<Tensor> inputs) {
        try {
            return send(request(model, version, unit, inputs));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    new Outcome.Failed<>(
                            new ServiceFailure.Invalid(
                                    "The row cannot be sent: " + e.getMessage(),
                                    Optional.empty())));
        }
    }

    private static ModelInferRequest request(
            String model, String version, String unit, List<Tensor> inputs) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(model).setModelVersion(version);
        inputs.forEach(input -> request.addInputs(TensorProtoMapper.input(input)));
        if (!unit.isEmpty()) {
            request.putParameters(
                    "tidegate_unit", InferParameter.newBuilder().setStringParam(unit).build());
        }
        return request.build();
    }

    private CompletableFuture<Outcome<Prediction>> send(ModelInferRequest request) {
        long sent = nanos.getAsLong();
        return UnaryCall.of(
                observer -> stub.modelInfer(request, observer),
                (ModelInferResponse answer) ->
                        prediction(answer, Duration.ofNanos(nanos.getAsLong() - sent)));
    }

    private static Prediction prediction(ModelInferResponse answer, Duration roundTrip) {
        return new Prediction(
                parameter(answer, "tidegate_version", answer.getModelVersion()),
                parameter(answer, "tidegate_arm", ""),
                parameter(answer, "tidegate_reason", ""),
                parameter(answer, "tidegate_prediction_id", answer.getId()),
                TensorProtoMapper.outputs(answer),
                roundTrip);
    }

    private static String parameter(ModelInferResponse answer, String name, String otherwise) {
        InferParameter parameter = answer.getParametersMap().get(name);
        return parameter == null ? otherwise : parameter.getStringParam();
    }
}
