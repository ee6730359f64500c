package dev.tidegate.workbench.model;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.ModelStatisticsResponse;
import dev.tidegate.proto.v1.GetModelRequest;
import dev.tidegate.proto.v1.GetModelResponse;
import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.GetRouteResponse;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.ListReplicaMemoryRequest;
import dev.tidegate.proto.v1.ListReplicaMemoryResponse;
import dev.tidegate.proto.v1.LoadVersionRequest;
import dev.tidegate.proto.v1.LoadVersionResponse;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.RouteServiceGrpc;
import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.proto.v1.SetAliasResponse;
import dev.tidegate.proto.v1.SetFallbackRequest;
import dev.tidegate.proto.v1.SetFallbackResponse;
import dev.tidegate.proto.v1.UnloadVersionRequest;
import dev.tidegate.proto.v1.UnloadVersionResponse;
import dev.tidegate.proto.v1.VersionRef;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link ModelGateway} over the control API and the Open Inference Protocol. */
public final class GrpcModelGateway implements ModelGateway {
    /** Expected by who has seen that there is none yet: 0 would mean any. */
    private static final long NONE_YET = -1;

    private final RegistryServiceGrpc.RegistryServiceStub registry;
    private final RouteServiceGrpc.RouteServiceStub routes;
    private final GRPCInferenceServiceGrpc.GRPCInferenceServiceStub inference;

    public GrpcModelGateway(Channel channel) {
        registry = RegistryServiceGrpc.newStub(channel);
        routes = RouteServiceGrpc.newStub(channel);
        inference = GRPCInferenceServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Outcome<List<RegisteredModel>>> list() {
        return UnaryCall.of(
                observer -> registry.listModels(ListModelsRequest.getDefaultInstance(), observer),
                (ListModelsResponse answer) ->
                        answer.getModelsList().stream().map(ModelProtoMapper::model).toList());
    }

    @Override
    public CompletableFuture<Outcome<RegisteredModel>> model(String name) {
        return UnaryCall.of(
                observer ->
                        registry.getModel(
                                GetModelRequest.newBuilder().setModel(name).build(), observer),
                (GetModelResponse answer) -> ModelProtoMapper.model(answer.getModel()));
    }

    @Override
    public CompletableFuture<Outcome<List<StageTotals>>> stages(String name) {
        return UnaryCall.of(
                observer ->
                        inference.modelStatistics(
                                ModelStatisticsRequest.newBuilder().setName(name).build(),
                                observer),
                (ModelStatisticsResponse answer) ->
                        answer.getModelStatsList().stream().map(ModelProtoMapper::totals).toList());
    }

    @Override
    public CompletableFuture<Outcome<List<ReplicaMemory>>> replicas(String name) {
        return UnaryCall.of(
                observer ->
                        registry.listReplicaMemory(
                                ListReplicaMemoryRequest.newBuilder().setModel(name).build(),
                                observer),
                (ListReplicaMemoryResponse answer) ->
                        answer.getReplicasList().stream().map(ModelProtoMapper::memory).toList());
    }

    @Override
    public CompletableFuture<Outcome<Ladder>> ladder(String name) {
        return UnaryCall.of(
                observer ->
                        routes.getRoute(
                                GetRouteRequest.newBuilder().setModel(name).build(), observer),
                (GetRouteResponse answer) -> ModelProtoMapper.ladder(answer.getRoute()));
    }

    @Override
    public CompletableFuture<Outcome<Ladder>> setLadder(
            String name, LadderDraft draft, String requestId) {
        SetFallbackRequest request =
                SetFallbackRequest.newBuilder()
                        .setMutation(
                                Mutation.newBuilder()
                                        .setRequestId(requestId)
                                        .setExpectedRevision(
                                                draft.revision() == 0
                                                        ? NONE_YET
                                                        : draft.revision()))
                        .setModel(name)
                        .setVersion(draft.version())
                        .setRules(draft.rules())
                        .build();
        return UnaryCall.of(
                observer -> routes.setFallback(request, observer),
                (SetFallbackResponse answer) -> ModelProtoMapper.ladder(answer.getRoute()));
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
}
