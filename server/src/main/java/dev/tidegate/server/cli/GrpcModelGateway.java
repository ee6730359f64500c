package dev.tidegate.server.cli;

import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.v1.GetModelRequest;
import dev.tidegate.proto.v1.ListModelsRequest;
import dev.tidegate.proto.v1.ListReplicaMemoryRequest;
import dev.tidegate.proto.v1.LoadVersionRequest;
import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.SetAliasRequest;
import dev.tidegate.proto.v1.SetVersionSettingsRequest;
import dev.tidegate.proto.v1.UnloadVersionRequest;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionRef;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Models and versions, as the registry has them. */
public final class GrpcModelGateway {
    private static final String CHAMPION = "champion";

    private final RegistryServiceGrpc.RegistryServiceBlockingStub registry;
    private final RegistryServiceGrpc.RegistryServiceBlockingV2Stub streams;

    public GrpcModelGateway(ServerConnection connection) {
        registry = RegistryServiceGrpc.newBlockingStub(connection.channel());
        streams = RegistryServiceGrpc.newBlockingV2Stub(connection.channel());
    }

    /**
     * Sends an artifact.
     *
     * @param version empty: the next free number
     * @param signature JSON; empty: derived from the graph
     * @param settings by their names
     */
    Document register(
            String model,
            String version,
            List<String> aliases,
            String signature,
            Map<String, String> settings,
            Path artifact)
            throws StatusException, InterruptedException {
        BlockingClientCall<RegisterVersionRequest, RegisterVersionResponse> call =
                streams.registerVersion();
        RegisterVersionRequest header =
                RegisterVersionRequest.newBuilder()
                        .setHeader(
                                header(model, version, aliases, signature)
                                        .putAllSettings(settings)
                                        .setBytes(FileChunks.size(artifact)))
                        .build();
        RegisterVersionResponse answer =
                new FileChunks(artifact)
                        .send(
                                call,
                                header,
                                piece ->
                                        RegisterVersionRequest.newBuilder()
                                                .setChunk(UnsafeByteOperations.unsafeWrap(piece))
                                                .build());
        return ModelProtoMapper.version(answer.getVersion());
    }

    /**
     * Registers what another server runs.
     *
     * @param place JSON
     */
    Document registerRemote(
            String model,
            String version,
            List<String> aliases,
            String signature,
            Map<String, String> settings,
            String place)
            throws StatusException, InterruptedException {
        BlockingClientCall<RegisterVersionRequest, RegisterVersionResponse> call =
                streams.registerVersion();
        call.write(
                RegisterVersionRequest.newBuilder()
                        .setHeader(
                                header(model, version, aliases, signature)
                                        .putAllSettings(settings)
                                        .setRemoteJson(place))
                        .build());
        call.halfClose();
        return ModelProtoMapper.version(FileChunks.answer(call).getVersion());
    }

    private static RegisterVersionRequest.Header.Builder header(
            String model, String version, List<String> aliases, String signature) {
        return RegisterVersionRequest.Header.newBuilder()
                .setMutation(MutationProtoMapper.fresh())
                .setModel(model)
                .setVersion(version)
                .addAllAliases(aliases)
                .setSignatureJson(signature);
    }

    Document list() {
        return new Document()
                .with(
                        "models",
                        registry
                                .listModels(ListModelsRequest.getDefaultInstance())
                                .getModelsList()
                                .stream()
                                .map(ModelProtoMapper::listed)
                                .toList());
    }

    /** Returns the versions, and what each replica has of them. */
    Document show(String model) {
        Model known = model(model);
        return ModelProtoMapper.model(
                known,
                registry.listReplicaMemory(
                                ListReplicaMemoryRequest.newBuilder().setModel(model).build())
                        .getReplicasList());
    }

    /** Points an alias at a version. */
    public Document alias(String model, String alias, String version) {
        return ModelProtoMapper.model(
                registry.setAlias(
                                SetAliasRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setModel(model)
                                        .setAlias(alias)
                                        .setVersion(version)
                                        .build())
                        .getModel());
    }

    /** Brings a version into memory, and returns when it is there. */
    public Document load(String model, String version) {
        return ModelProtoMapper.version(
                registry.loadVersion(
                                LoadVersionRequest.newBuilder()
                                        .setVersion(reference(model, version))
                                        .build())
                        .getVersion());
    }

    Document settings(String model, String version) {
        return ModelProtoMapper.settings(version(model, version));
    }

    /**
     * Changes settings; those not named stay as they are.
     *
     * @param changes by name; an empty value gives the setting back to the server's default
     */
    Document changeSettings(String model, String version, Map<String, String> changes) {
        Model known = model(model);
        Map<String, String> settings =
                new TreeMap<>(version(model, version, known.getVersionsList()).getSettingsMap());
        settings.putAll(changes);
        settings.values().removeIf(String::isEmpty);
        return ModelProtoMapper.settings(
                registry.setVersionSettings(
                                SetVersionSettingsRequest.newBuilder()
                                        .setMutation(
                                                MutationProtoMapper.fresh().toBuilder()
                                                        .setExpectedRevision(known.getRevision()))
                                        .setVersion(reference(model, version))
                                        .putAllSettings(settings)
                                        .build())
                        .getVersion());
    }

    private Version version(String model, String version) {
        return version(model, version, model(model).getVersionsList());
    }

    private static Version version(String model, String version, List<Version> versions) {
        return versions.stream()
                .filter(v -> v.getVersion().equals(version))
                .findFirst()
                .orElseGet(() -> newest(model, version, versions));
    }

    /** Takes a version out of memory; one that a route names is refused. */
    public Document unload(String model, String version) {
        return ModelProtoMapper.version(
                registry.unloadVersion(
                                UnloadVersionRequest.newBuilder()
                                        .setVersion(reference(model, version))
                                        .build())
                        .getVersion());
    }

    /**
     * Returns what a version takes.
     *
     * @param version empty: the champion, else the newest
     */
    ModelSignature signature(String model, String version) {
        List<Version> versions = model(model).getVersionsList();
        if (versions.isEmpty()) {
            throw TidegateException.notFound("model '%s' has no versions".formatted(model));
        }
        return ModelProtoMapper.signature(
                versions.stream()
                        .filter(
                                v ->
                                        version.isEmpty()
                                                ? v.getAliasesList().contains(CHAMPION)
                                                : v.getVersion().equals(version))
                        .findFirst()
                        .orElseGet(() -> newest(model, version, versions))
                        .getSignature());
    }

    private static Version newest(String model, String version, List<Version> versions) {
        if (version.isEmpty()) {
            return versions.getLast();
        }
        throw TidegateException.notFound(
                "model '%s' has no version '%s'; known: %s"
                        .formatted(
                                model,
                                version,
                                versions.stream().map(Version::getVersion).toList()));
    }

    private Model model(String model) {
        return registry.getModel(GetModelRequest.newBuilder().setModel(model).build()).getModel();
    }

    private static VersionRef reference(String model, String version) {
        return VersionRef.newBuilder().setModel(model).setVersion(version).build();
    }
}
