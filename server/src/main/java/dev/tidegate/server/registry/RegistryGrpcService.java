package dev.tidegate.server.registry;

import dev.tidegate.proto.v1.GetModelRequest;
import dev.tidegate.proto.v1.GetModelResponse;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListModelsResponse;
import dev.tidegate.proto.v1.ListReplicaMemoryRequest;
import dev.tidegate.proto.v1.ListReplicaMemoryResponse;
import dev.tidegate.proto.v1.LoadVersionRequest;
import dev.tidegate.proto.v1.LoadVersionResponse;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.proto.v1.SetAliasResponse;
import dev.tidegate.proto.v1.SetVersionSettingsRequest;
import dev.tidegate.proto.v1.SetVersionSettingsResponse;
import dev.tidegate.proto.v1.UnloadVersionRequest;
import dev.tidegate.proto.v1.UnloadVersionResponse;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** The registry over gRPC. */
@Singleton
final class RegistryGrpcService extends RegistryServiceGrpc.RegistryServiceImplBase {
    private final ModelRegistry registry;
    private final VersionRegistration registration;
    private final VersionStaging staging;
    private final VersionTuning tuning;
    private final RemoteServers remotes;
    private final ArtifactStore artifacts;
    private final VersionCosts costs;
    private final CostConfig prices;
    private final ReplicaMemoryTable memory;

    RegistryGrpcService(
            ModelRegistry registry,
            VersionRegistration registration,
            VersionStaging staging,
            VersionTuning tuning,
            RemoteServers remotes,
            ArtifactStore artifacts,
            VersionCosts costs,
            CostConfig prices,
            ReplicaMemoryTable memory) {
        this.registry = registry;
        this.registration = registration;
        this.staging = staging;
        this.tuning = tuning;
        this.remotes = remotes;
        this.artifacts = artifacts;
        this.costs = costs;
        this.prices = prices;
        this.memory = memory;
    }

    @Override
    public StreamObserver<RegisterVersionRequest> registerVersion(
            StreamObserver<RegisterVersionResponse> observer) {
        return new RegistrationGrpcService(
                artifacts, registration, CurrentPrincipal.get(), this::message, observer);
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        ListModelsResponse.newBuilder()
                                .addAllModels(
                                        registry.list().stream()
                                                .map(
                                                        model ->
                                                                RegistryProtoMapper.model(
                                                                        model, this::message))
                                                .toList())
                                .build());
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        GetModelResponse.newBuilder()
                                .setModel(
                                        RegistryProtoMapper.model(
                                                registry.model(request.getModel()), this::message))
                                .build());
    }

    @Override
    public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        SetAliasResponse.newBuilder()
                                .setModel(
                                        RegistryProtoMapper.model(
                                                registry.assignAlias(
                                                        request.getMutation().getRequestId(),
                                                        request.getMutation().getExpectedRevision(),
                                                        request.getModel(),
                                                        request.getAlias(),
                                                        request.getVersion(),
                                                        CurrentPrincipal.get()),
                                                this::message))
                                .build());
    }

    @Override
    public void loadVersion(
            LoadVersionRequest request, StreamObserver<LoadVersionResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        LoadVersionResponse.newBuilder()
                                .setVersion(
                                        message(
                                                staging.load(
                                                        request.getVersion().getModel(),
                                                        request.getVersion().getVersion(),
                                                        CurrentPrincipal.get())))
                                .build());
    }

    @Override
    public void unloadVersion(
            UnloadVersionRequest request, StreamObserver<UnloadVersionResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        UnloadVersionResponse.newBuilder()
                                .setVersion(
                                        message(
                                                staging.unload(
                                                        request.getVersion().getModel(),
                                                        request.getVersion().getVersion(),
                                                        CurrentPrincipal.get())))
                                .build());
    }

    @Override
    public void setVersionSettings(
            SetVersionSettingsRequest request,
            StreamObserver<SetVersionSettingsResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        SetVersionSettingsResponse.newBuilder()
                                .setVersion(
                                        message(
                                                tuning.set(
                                                        request.getMutation().getRequestId(),
                                                        request.getMutation().getExpectedRevision(),
                                                        request.getVersion().getModel(),
                                                        request.getVersion().getVersion(),
                                                        VersionSettings.of(
                                                                request.getSettingsMap()),
                                                        CurrentPrincipal.get())))
                                .build());
    }

    @Override
    public void listReplicaMemory(
            ListReplicaMemoryRequest request, StreamObserver<ListReplicaMemoryResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        ListReplicaMemoryResponse.newBuilder()
                                .addAllReplicas(
                                        memory
                                                .ofModel(registry.model(request.getModel()).id())
                                                .stream()
                                                .map(RegistryProtoMapper::memory)
                                                .toList())
                                .build());
    }

    private Version message(RegisteredVersion version) {
        Version.Builder message =
                RegistryProtoMapper.version(
                        version, staging.isLoaded(version), remotes.states(version.id()));
        costs.of(version.id())
                .map(cost -> RegistryProtoMapper.cost(cost, prices.pricePerCoreHour()))
                .ifPresent(message::setCost);
        return message.build();
    }
}
