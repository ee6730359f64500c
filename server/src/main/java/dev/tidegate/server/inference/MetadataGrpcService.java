package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelConfigRequest;
import dev.tidegate.proto.inference.ModelConfigResponse;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.inference.ModelReadyResponse;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.ModelStatisticsResponse;
import dev.tidegate.proto.inference.RepositoryIndexRequest;
import dev.tidegate.proto.inference.RepositoryIndexResponse;
import dev.tidegate.proto.inference.RepositoryModelLoadRequest;
import dev.tidegate.proto.inference.RepositoryModelLoadResponse;
import dev.tidegate.proto.inference.RepositoryModelUnloadRequest;
import dev.tidegate.proto.inference.RepositoryModelUnloadResponse;
import dev.tidegate.proto.inference.ServerLiveRequest;
import dev.tidegate.proto.inference.ServerLiveResponse;
import dev.tidegate.proto.inference.ServerMetadataRequest;
import dev.tidegate.proto.inference.ServerMetadataResponse;
import dev.tidegate.proto.inference.ServerReadyRequest;
import dev.tidegate.proto.inference.ServerReadyResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.grpc.Unary;
import dev.tidegate.server.registry.SignatureJson;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The Open Inference Protocol but for inference itself. What asks the registry runs on a thread
 * that may wait, because the calls come on the transport's.
 */
final class MetadataGrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final List<String> EXTENSIONS =
            List.of("parameters", "model_repository", "model_configuration", "statistics");

    private final ServedModels models;
    private final ServedRepository repository;
    private final ModelReportsProtoMapper reports;
    private final MetadataProtoMapper mapper;
    private final RepositoryProtoMapper entries = new RepositoryProtoMapper();
    private final Workers workers;
    private final String version;
    private final ServerStream lifecycle;

    MetadataGrpcService(
            ServedModels models,
            ServedRepository repository,
            ModelReportsProtoMapper reports,
            SignatureJson signatures,
            Workers workers,
            ServerStream lifecycle) {
        this.models = models;
        this.repository = repository;
        this.reports = reports;
        this.mapper = new MetadataProtoMapper(signatures);
        this.workers = workers;
        this.version = version();
        this.lifecycle = lifecycle;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
        Unary.answer(observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(
            ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        Unary.answer(
                observer,
                () -> ServerReadyResponse.newBuilder().setReady(!lifecycle.isDraining()).build());
    }

    @Override
    public void serverMetadata(
            ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        ServerMetadataResponse.newBuilder()
                                .setName("tidegate")
                                .setVersion(version)
                                .addAllExtensions(EXTENSIONS)
                                .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        later(
                observer,
                () ->
                        ModelReadyResponse.newBuilder()
                                .setReady(
                                        !lifecycle.isDraining()
                                                && models.isReady(
                                                        request.getName(), request.getVersion()))
                                .build());
    }

    @Override
    public void modelMetadata(
            ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        later(
                observer,
                () ->
                        mapper.metadata(
                                models.version(request.getName(), request.getVersion()),
                                models.versions(request.getName())));
    }

    /** Asks the registry, or refuses at once when many wait for it. */
    private <T> void later(StreamObserver<T> observer, Supplier<T> work) {
        workers.executeLookup(() -> AsyncReply.answer(observer, work));
    }

    /** Changes what is in memory, which takes its time. */
    private <T> void command(StreamObserver<T> observer, Supplier<T> work) {
        workers.executeBriefly(() -> AsyncReply.answer(observer, work));
    }

    @Override
    public void modelConfig(
            ModelConfigRequest request, StreamObserver<ModelConfigResponse> observer) {
        later(
                observer,
                () ->
                        ModelConfigResponse.newBuilder()
                                .setConfig(reports.config(request.getName(), request.getVersion()))
                                .build());
    }

    @Override
    public void modelStatistics(
            ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
        later(observer, () -> reports.statistics(request.getName(), request.getVersion()));
    }

    @Override
    public void repositoryIndex(
            RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
        later(
                observer,
                () -> {
                    entries.requireNoName(request.getRepositoryName());
                    return RepositoryIndexResponse.newBuilder()
                            .addAllModels(reports.index(request.getReady()))
                            .build();
                });
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request,
            StreamObserver<RepositoryModelLoadResponse> observer) {
        Principal principal = CurrentPrincipal.get();
        command(
                observer,
                () -> {
                    entries.requireNoName(request.getRepositoryName());
                    repository.load(
                            request.getModelName(),
                            entries.version(request.getParametersMap()),
                            principal);
                    return RepositoryModelLoadResponse.getDefaultInstance();
                });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request,
            StreamObserver<RepositoryModelUnloadResponse> observer) {
        Principal principal = CurrentPrincipal.get();
        command(
                observer,
                () -> {
                    entries.requireNoName(request.getRepositoryName());
                    repository.unload(
                            request.getModelName(),
                            entries.version(request.getParametersMap()),
                            principal);
                    return RepositoryModelUnloadResponse.getDefaultInstance();
                });
    }

    private static String version() {
        try {
            return new BuildVersion().number();
        } catch (IOException e) {
            throw new UncheckedIOException("the build's version cannot be read", e);
        }
    }
}
