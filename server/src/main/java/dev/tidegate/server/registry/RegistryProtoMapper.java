package dev.tidegate.server.registry;

import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RemoteServer;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionOnReplica;
import dev.tidegate.server.platform.grpc.WireTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Models and versions as messages. */
final class RegistryProtoMapper {
    private RegistryProtoMapper() {}

    static NewVersion newVersion(RegisterVersionRequest.Header header) {
        return new NewVersion(
                header.getMutation().getRequestId(),
                header.getMutation().getExpectedRevision(),
                header.getModel(),
                header.getVersion(),
                header.getAliasesList(),
                header.getSignatureJson(),
                VersionSettings.of(header.getSettingsMap()),
                header.getLineageJson());
    }

    /** Returns where another server runs the version; empty when its artifact follows. */
    static Optional<RemotePlace> remote(RegisterVersionRequest.Header header) {
        return header.getRemoteJson().isEmpty()
                ? Optional.empty()
                : Optional.of(RemotePlaceJson.read(header.getRemoteJson()));
    }

    static Model model(RegisteredModel model, Function<RegisteredVersion, Version> version) {
        return Model.newBuilder()
                .setName(model.name())
                .setRevision(model.revision())
                .addAllVersions(model.versions().stream().map(version).toList())
                .build();
    }

    static Version.Builder version(
            RegisteredVersion version, boolean loaded, List<RemoteState> addresses) {
        return Version.newBuilder()
                .setModel(version.model())
                .setVersion(version.version())
                .setDigest(version.digest())
                .setBytes(version.bytes())
                .setState(version.state().name())
                .addAllAliases(version.aliases())
                .setSignature(signature(version.signature()))
                .setRegisteredAt(WireTime.of(version.registeredAt()))
                .setRegisteredBy(version.registeredBy())
                .setLineageJson(version.lineage())
                .setLoaded(loaded)
                .putAllSettings(version.settings().values())
                .setRemoteJson(version.remote().map(RemotePlaceJson::write).orElse(""))
                .addAllRemoteAddresses(
                        addresses.stream().map(RegistryProtoMapper::address).toList());
    }

    /** Returns a cost, with its price when a core-hour has one. */
    static dev.tidegate.proto.v1.VersionCost cost(VersionCost cost, double perCoreHour) {
        dev.tidegate.proto.v1.VersionCost.Builder message =
                dev.tidegate.proto.v1.VersionCost.newBuilder()
                        .setInferences(cost.inferences())
                        .setCoreSecondsPerThousand(cost.coreSecondsPerThousand());
        if (perCoreHour > 0) {
            message.setPricePerThousand(cost.pricePerThousand(perCoreHour));
        }
        return message.build();
    }

    static dev.tidegate.proto.v1.ReplicaMemory memory(ReplicaMemory memory) {
        return dev.tidegate.proto.v1.ReplicaMemory.newBuilder()
                .setReplica(memory.replica())
                .setLive(memory.live())
                .setLeaseUntil(WireTime.of(memory.leaseUntil()))
                .setHere(memory.here())
                .setBudgetBytes(memory.budget())
                .setTakenBytes(memory.taken())
                .addAllVersions(memory.versions().stream().map(RegistryProtoMapper::held).toList())
                .build();
    }

    private static VersionOnReplica held(ReplicaMemory.Held held) {
        return VersionOnReplica.newBuilder()
                .setVersion(held.version())
                .setState(held.state().name())
                .setBytes(held.bytes())
                .setReason(held.reason())
                .setSince(WireTime.of(held.since()))
                .build();
    }

    private static RemoteServer address(RemoteState state) {
        return RemoteServer.newBuilder()
                .setAddress(state.address())
                .setBreaker(state.breaker())
                .setInFlight(state.inFlight())
                .setLastFailure(state.lastFailure())
                .build();
    }

    private static Signature signature(ModelSignature signature) {
        return Signature.newBuilder()
                .addAllColumns(
                        signature.columns().stream().map(RegistryProtoMapper::column).toList())
                .addAllInputs(signature.inputs().stream().map(RegistryProtoMapper::tensor).toList())
                .addAllOutputs(
                        signature.outputs().stream().map(RegistryProtoMapper::tensor).toList())
                .build();
    }

    private static dev.tidegate.proto.v1.Column column(Column column) {
        dev.tidegate.proto.v1.Column.Builder message =
                dev.tidegate.proto.v1.Column.newBuilder()
                        .setName(column.name())
                        .setKind(column.kind().name().toLowerCase(Locale.ROOT))
                        .setInput(column.input())
                        .setIndex(column.index())
                        .setNullable(column.nullable())
                        .addAllAllowed(column.allowed());
        column.minimum().ifPresent(message::setMinimum);
        column.maximum().ifPresent(message::setMaximum);
        return message.build();
    }

    private static Tensor tensor(TensorSpec spec) {
        return Tensor.newBuilder()
                .setName(spec.name())
                .setDatatype(spec.datatype().name())
                .addAllShape(spec.shape())
                .build();
    }
}
