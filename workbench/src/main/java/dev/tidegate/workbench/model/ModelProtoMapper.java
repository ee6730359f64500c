package dev.tidegate.workbench.model;

import dev.tidegate.proto.inference.InferStatistics;
import dev.tidegate.proto.inference.ModelStatistics;
import dev.tidegate.proto.v1.Fallback;
import dev.tidegate.proto.v1.Model;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteArm;
import dev.tidegate.proto.v1.Tensor;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.proto.v1.VersionOnReplica;
import dev.tidegate.workbench.connection.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Messages as the screens know models. */
final class ModelProtoMapper {
    private ModelProtoMapper() {}

    static ReplicaMemory memory(dev.tidegate.proto.v1.ReplicaMemory memory) {
        return new ReplicaMemory(
                memory.getReplica(),
                memory.getLive(),
                Timestamps.instant(memory.getLeaseUntil()),
                memory.getHere(),
                memory.getBudgetBytes(),
                memory.getTakenBytes(),
                memory.getVersionsList().stream().map(ModelProtoMapper::held).toList());
    }

    private static ReplicaMemory.Held held(VersionOnReplica held) {
        return new ReplicaMemory.Held(
                held.getVersion(),
                HoldState.of(held.getState()),
                held.getBytes(),
                held.getReason(),
                Timestamps.instant(held.getSince()));
    }

    static Ladder ladder(Route route) {
        String champion =
                route.getArmsList().stream()
                        .filter(arm -> arm.getRole().equals(ServedVersion.CHAMPION))
                        .map(RouteArm::getVersion)
                        .findFirst()
                        .orElse("");
        if (!route.hasFallback()) {
            return new Ladder(champion, 0, "", "", Optional.empty());
        }
        Fallback fallback = route.getFallback();
        return new Ladder(
                champion,
                fallback.getRevision(),
                fallback.getVersion(),
                fallback.getRules(),
                Optional.of(
                        new Ladder.Setting(
                                Timestamps.instant(fallback.getSince()), fallback.getBy())));
    }

    static RegisteredModel model(Model model) {
        return new RegisteredModel(
                model.getName(),
                model.getRevision(),
                model.getVersionsList().stream().map(ModelProtoMapper::version).toList());
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
        return tensors.stream().map(ModelProtoMapper::words).collect(Collectors.joining("\n"));
    }

    private static String words(Tensor tensor) {
        String shape =
                tensor.getShapeList().stream()
                        .map(size -> size < 0 ? "any" : size.toString())
                        .collect(Collectors.joining(" × "));
        return tensor.getName() + "  " + tensor.getDatatype() + "  [" + shape + "]";
    }

    static StageTotals totals(ModelStatistics statistics) {
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
