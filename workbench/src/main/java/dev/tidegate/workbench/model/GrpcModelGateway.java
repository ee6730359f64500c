package dev.tidegate.workbench.model;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferStatistics;
import dev.tidegate.proto.inference.ModelStatistics;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.ModelStatisticsResponse;
import dev.tidegate.proto.v1.GetModelRequest;
import dev.tidegate.proto.v1.GetModelResponse;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.LoadVersionRequest;
import dev.tidegate.proto.v1.LoadVersionResponse;
import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.proto.v1.SetAliasResponse;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.UnloadVersionRequest;
import dev.tidegate.proto.v1.UnloadVersionResponse;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionRef;
import dev.tidegate.workbench.connection.Timestamps;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import io.grpc.Channel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** {@link ModelGateway} over the control API and the Open Inference Protocol. */
public final class GrpcModelGateway implements ModelGateway {
    private final RegistryServiceGrpc.RegistryServiceStub registry;
    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceStub inference;

    public GrpcModelGateway(Channel channel) {
        registry = RegistryServiceGrpc.newStub(channel);
        inference = GRPCInferenceServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<List<RegisteredModel>>> list() {
        return UnaryCall.of(
                observer -> registry.listModels(ListModelsRequest.getDefaultInstance(), observer),
                (ListModelsResponse answer) ->
                        answer.getModelsList().stream().map(GrpcModelGateway::model).toList());
    }

    @Override
    public CompletableFuture<Outcome<RegisteredModel>> model(String name) {
        return UnaryCall.of(
                observer ->
                        registry.getModel(
                                GetModelRequest.newBuilder().setModel(name).build(), observer),
                (GetModelResponse answer) -> model(answer.getModel()));
    }

    @Override
    public CompletableFuture<Outcome<List<StageTotals>>> stages(String name) {
        return UnaryCall.of(
                observer ->
                        inference.modelStatistics(
                                ModelStatisticsRequest.newBuilder().setName(name).build(),
                                observer),
                (ModelStatisticsResponse answer) ->
                        answer.getModelStatsList().stream().map(GrpcModelGateway::totals).toList());
    }

    @Override
    public CompletableFuture<Outcome<String>> load(String model, String version) {
        return UnaryCall.of(
                observer ->
                        registry.loadVersion(
                                LoadVersionRequest.newBuilder()
                                        .setVersion(reference(model, version))
                                        .build(),
                                observer),
                (LoadVersionResponse answer) -> answer.getVersion().getVersion());
    }

    @Override
    public CompletableFuture<Outcome<String>> unload(String model, String version) {
        return UnaryCall.of(
                observer ->
                        registry.unloadVersion(
                                UnloadVersionRequest.newBuilder()
                                        .setVersion(reference(model, version))
                                        .build(),
                                observer),
                (UnloadVersionResponse answer) -> answer.getVersion().getVersion());
    }

    @Override
    public CompletableFuture<Outcome<String>> makeChampion(
            String model, String version, long revision, String requestId) {
        SetAliasRequest request =
                SetAliasRequest.newBuilder()
                        .setMutation(
                                Mutation.newBuilder()
                                        .setRequestId(requestId)
                                        .setExpectedRevision(revision))
                        .setModel(model)
                        .setAlias(ServedVersion.CHAMPION)
                        .setVersion(version)
                        .build();
        return UnaryCall.of(
                observer -> registry.setAlias(request, observer), (SetAliasResponse _) -> version);
    }

    private static VersionRef reference(String model, String version) {
        return VersionRef.newBuilder().setModel(model).setVersion(version).build();
    }

    private static RegisteredModel model(Model model) {
        return new RegisteredModel(
                model.getName(),
                model.getRevision(),
                model.getVersionsList().stream().map(GrpcModelGateway::version).toList());
    }

    private static ServedVersion version(Version version) {
        return new ServedVersion(
                version.getVersion(),
                version.getState(),
                version.getAliasesList(),
                version.getLoaded(),
                Timestamps.instant(version.getRegisteredAt()),
                version.getRegisteredBy(),
                version.getDigest(),
                version.getBytes(),
                words(version.getSignature().getInputsList()),
                words(version.getSignature().getOutputsList()),
                version.hasCost() ? Optional.of(cost(version.getCost())) : Optional.empty());
    }

    private static VersionCost cost(dev.tidegate.proto.v1.VersionCost cost) {
        return new VersionCost(
                cost.getInferences(),
                cost.getCoreSecondsPerThousand(),
                cost.hasPricePerThousand()
                        ? OptionalDouble.of(cost.getPricePerThousand())
                        : OptionalDouble.empty());
    }

    private static String words(List<Tensor> tensors) {
        return tensors.stream().map(GrpcModelGateway::words).collect(Collectors.joining("\n"));
    }

    private static String words(Tensor tensor) {
        String shape =
                tensor.getShapeList().stream()
                        .map(size -> size < 0 ? "any" : size.toString())
                        .collect(Collectors.joining(" × "));
        return tensor.getName() + "  " + tensor.getDatatype() + "  [" + shape + "]";
    }

    private static StageTotals totals(ModelStatistics statistics) {
        InferStatistics stages = statistics.getInferenceStats();
        return new StageTotals(
                statistics.getVersion(),
                stages.getSuccess().getCount(),
                stages.getComputeInput().getNs(),
                stages.getQueue().getNs(),
                stages.getComputeInfer().getNs(),
                stages.getComputeOutput().getNs());
    }
}
