package dev.tidegate.workbench.playground;

import dev.tidegate.proto.v1.Column;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import io.grpc.Channel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/** {@link RegistryGateway} over the control API. */
public final class GrpcRegistryGateway implements RegistryGateway {
    private final RegistryServiceGrpc.RegistryServiceStub stub;

    public GrpcRegistryGateway(Channel channel) {
        this.stub = RegistryServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<List<ModelChoice>>> models() {
        return UnaryCall.of(
                observer -> stub.listModels(ListModelsRequest.getDefaultInstance(), observer),
                (ListModelsResponse answer) ->
                        answer.getModelsList().stream()
                                .map(
                                        model ->
                                                new ModelChoice(
                                                        model.getName(),
                                                        model.getVersionsList().stream()
                                                                .map(GrpcRegistryGateway::version)
                                                                .toList()))
                                .toList());
    }

    private static ModelChoice.Version version(dev.tidegate.proto.v1.Version version) {
        return new ModelChoice.Version(
                version.getVersion(), version.getAliasesList(), signature(version.getSignature()));
    }

    private static Signature signature(dev.tidegate.proto.v1.Signature signature) {
        return new Signature(
                signature.getColumnsList().stream().map(GrpcRegistryGateway::column).toList(),
                signature.getInputsList().stream().map(GrpcRegistryGateway::tensor).toList(),
                signature.getOutputsList().stream().map(GrpcRegistryGateway::tensor).toList());
    }

    private static Signature.Column column(Column column) {
        return new Signature.Column(
                column.getName(),
                column.getKind(),
                column.getInput(),
                column.getIndex(),
                column.getNullable(),
                column.getAllowedList(),
                column.hasMinimum()
                        ? OptionalDouble.of(column.getMinimum())
                        : OptionalDouble.empty(),
                column.hasMaximum()
                        ? OptionalDouble.of(column.getMaximum())
                        : OptionalDouble.empty());
    }

    private static Signature.TensorSpec tensor(Tensor tensor) {
        return new Signature.TensorSpec(
                tensor.getName(), tensor.getDatatype(), tensor.getShapeList());
    }
}
