package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.inference.ModelReadyResponse;
import dev.tidegate.proto.inference.ModelStreamInferResponse;
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
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.grpc.Unary;
import dev.tidegate.server.registry.SignatureJson;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The Open Inference Protocol but for inference itself. What asks the registry runs on a thread
 * that may wait, because the calls come on the transport's.
 */
final class MetadataGrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final ServedModels models;
    private final MetadataProtoMapper mapper;
    private final Workers workers;
    private final String version;
    private final ServerStream lifecycle;

    MetadataGrpcService(
            ServedModels models,
            SignatureJson signatures,
            Workers workers,
            ServerStream lifecycle) {
        this.models = models;
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
                                .addExtensions("parameters")
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

    private <T> void later(StreamObserver<T> observer, java.util.function.Supplier<T> work) {
        workers.executeBriefly(() -> AsyncReply.answer(observer, work));
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(
            StreamObserver<ModelStreamInferResponse> observer) {
        throw missing("ModelStreamInfer", "ModelInfer for each request");
    }

    @Override
    public void repositoryIndex(
            RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
        throw missing("RepositoryIndex", "tidegate.v1.RegistryService/ListModels");
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request,
            StreamObserver<RepositoryModelLoadResponse> observer) {
        throw missing("RepositoryModelLoad", "tidegate.v1.RegistryService/LoadVersion");
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request,
            StreamObserver<RepositoryModelUnloadResponse> observer) {
        throw missing("RepositoryModelUnload", "tidegate.v1.RegistryService/UnloadVersion");
    }

    private static String version() {
        try {
            return new BuildVersion().number();
        } catch (IOException e) {
            throw new UncheckedIOException("the build's version cannot be read", e);
        }
    }

    private static TidegateException missing(String method, String instead) {
        return TidegateException.unimplemented(
                "%s is not served here; use %s".formatted(method, instead));
    }
}
