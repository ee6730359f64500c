package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.RemoteServer;
import dev.tidegate.proto.v1.ReplicaMemory;
import dev.tidegate.proto.v1.Signature;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionCost;
import dev.tidegate.proto.v1.VersionOnReplica;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Models and versions as documents. */
final class ModelProtoMapper {
    private ModelProtoMapper() {}

    static Document listed(Model model) {
        return new Document()
                .with("name", model.getName())
                .with(
                        "champion",
                        model.getVersionsList().stream()
                                .filter(version -> version.getAliasesList().contains("champion"))
                                .map(Version::getVersion)
                                .findFirst()
                                .orElse(null))
                .with(
                        "versions",
                        model.getVersionsList().stream().map(Version::getVersion).toList())
                .with("revision", model.getRevision());
    }

    static Document model(Model model) {
        return new Document()
                .with("name", model.getName())
                .with("revision", model.getRevision())
                .with(
                        "versions",
                        model.getVersionsList().stream().map(ModelProtoMapper::summary).toList());
    }

    static Document model(Model model, List<ReplicaMemory> replicas) {
        return model(model)
                .with("replicas", replicas.stream().map(ModelProtoMapper::replica).toList())
                .with(
                        "memory",
                        replicas.stream()
                                .flatMap(
                                        replica ->
                                                replica.getVersionsList().stream()
                                                        .map(version -> held(replica, version)))
                                .toList());
    }

    private static Document replica(ReplicaMemory replica) {
        return new Document()
                .with("replica", replica.getReplica())
                .with("live", replica.getLive())
                .with("leaseUntil", ValueProtoMapper.time(true, replica.getLeaseUntil()))
                .with("asked", replica.getHere())
                .with("budgetBytes", replica.getBudgetBytes())
                .with("takenBytes", replica.getTakenBytes());
    }

    private static Document held(ReplicaMemory replica, VersionOnReplica version) {
        return new Document()
                .with("replica", replica.getReplica())
                .with("version", version.getVersion())
                .with("state", version.getState())
                .with("bytes", version.getBytes())
                .with("since", ValueProtoMapper.time(true, version.getSince()))
                .with("reason", version.getReason());
    }

    private static Document summary(Version version) {
        Document document =
                new Document()
                        .with("version", version.getVersion())
                        .with("state", version.getState())
                        .with("aliases", List.copyOf(version.getAliasesList()))
                        .with("loaded", version.getLoaded())
                        .with("bytes", version.getBytes())
                        .with(
                                "registeredAt",
                                ValueProtoMapper.time(
                                        version.hasRegisteredAt(), version.getRegisteredAt()))
                        .with("registeredBy", version.getRegisteredBy())
                        .with("digest", version.getDigest())
                        .with("cost", version.hasCost() ? cost(version.getCost()) : null)
                        .with("settings", values(version));
        return version.getRemoteJson().isEmpty()
                ? document
                : document.with(
                        "servers",
                        version.getRemoteAddressesList().stream()
                                .map(ModelProtoMapper::server)
                                .toList());
    }

    private static Document cost(VersionCost cost) {
        return new Document()
                .inWords(
                        String.format(
                                Locale.ROOT, "%.3g core-s/1000", cost.getCoreSecondsPerThousand()))
                .with("inferences", cost.getInferences())
                .with("coreSecondsPer1000", cost.getCoreSecondsPerThousand())
                .with(
                        "pricePer1000",
                        cost.hasPricePerThousand() ? cost.getPricePerThousand() : null);
    }

    private static String server(RemoteServer server) {
        String state = server.getAddress() + " " + server.getBreaker();
        return server.getLastFailure().isEmpty()
                ? state
                : state + " (" + server.getLastFailure() + ")";
    }

    static Document settings(Version version) {
        return new Document()
                .with("name", version.getModel())
                .with("version", version.getVersion())
                .with("settings", values(version));
    }

    private static Document values(Version version) {
        Document values = new Document();
        new TreeMap<>(version.getSettingsMap()).forEach(values::with);
        return values;
    }

    static Document version(Version version) {
        Document document = new Document().with("name", version.getModel());
        summary(version).fields().forEach(document::with);
        if (!version.getRemoteJson().isEmpty()) {
            document.with("remote", version.getRemoteJson());
        }
        return document.with("inputs", tensors(version.getSignature().getInputsList()))
                .with("outputs", tensors(version.getSignature().getOutputsList()));
    }

    private static List<Document> tensors(List<Tensor> tensors) {
        return tensors.stream()
                .map(
                        tensor ->
                                new Document()
                                        .with("name", tensor.getName())
                                        .with("datatype", tensor.getDatatype())
                                        .with("shape", List.copyOf(tensor.getShapeList())))
                .toList();
    }

    static ModelSignature signature(Signature signature) {
        return new ModelSignature(
                signature.getColumnsList().stream().map(ModelProtoMapper::column).toList(),
                signature.getInputsList().stream().map(ModelProtoMapper::spec).toList(),
                signature.getOutputsList().stream().map(ModelProtoMapper::spec).toList());
    }

    private static TensorSpec spec(Tensor tensor) {
        return new TensorSpec(
                tensor.getName(), DataType.valueOf(tensor.getDatatype()), tensor.getShapeList());
    }

    private static Column column(dev.tidegate.proto.v1.Column column) {
        return new Column(
                column.getName(),
                ColumnKind.valueOf(column.getKind().toUpperCase(Locale.ROOT)),
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
}
