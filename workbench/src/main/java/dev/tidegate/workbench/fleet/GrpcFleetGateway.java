package dev.tidegate.workbench.fleet;

import dev.tidegate.proto.v1.FleetServiceGrpc;
import dev.tidegate.proto.v1.Server;
import dev.tidegate.proto.v1.WatchFleetRequest;
import dev.tidegate.proto.v1.WatchFleetResponse;
import dev.tidegate.workbench.connection.GrpcStream;
import dev.tidegate.workbench.connection.StreamSource;
import dev.tidegate.workbench.connection.Timestamps;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** {@link FleetGateway} over the control API. */
public final class GrpcFleetGateway implements FleetGateway {
    private final FleetServiceGrpc.FleetServiceStub stub;

    public GrpcFleetGateway(Channel channel) {
        this.stub = FleetServiceGrpc.newStub(channel);
    }

    @Override
    public StreamSource<FleetUpdate> watch(Duration history) {
        WatchFleetRequest request =
                WatchFleetRequest.newBuilder()
                        .setHistorySeconds(Math.toIntExact(history.toSeconds()))
                        .build();
        return GrpcStream.of(stub::watchFleet, request, GrpcFleetGateway::update);
    }

    private static FleetUpdate update(WatchFleetResponse message) {
        return new FleetUpdate(
                server(message.getServer()),
                message.getModelsList().stream().map(GrpcFleetGateway::model).toList(),
                message.getSecondsList().stream().map(GrpcFleetGateway::second).toList());
    }

    private static ServerState server(Server server) {
        return new ServerState(
                server.getVersion(),
                Timestamps.instant(server.getNow()),
                Timestamps.instant(server.getStartedAt()),
                server.getReplicasList().stream()
                        .map(
                                replica ->
                                        new ServerState.Replica(
                                                replica.getId(),
                                                replica.getLeader(),
                                                replica.getLive()))
                        .toList(),
                Optional.of(server.getLeader()).filter(leader -> !leader.isEmpty()),
                server.hasNewestEvidence()
                        ? Optional.of(Timestamps.instant(server.getNewestEvidence()))
                        : Optional.empty(),
                server.getProblemsList());
    }

    private static FleetModel model(dev.tidegate.proto.v1.FleetModel model) {
        return new FleetModel(
                model.getName(),
                model.getArmsList().stream()
                        .map(
                                arm ->
                                        new FleetModel.Arm(
                                                arm.getVersion(), arm.getRole(), arm.getWeight()))
                        .toList(),
                rollout(model),
                model.getRequests(),
                model.getErrors(),
                model.getRequestsPerSecond(),
                model.hasP50Micros() ? OptionalLong.of(model.getP50Micros()) : OptionalLong.empty(),
                model.hasP95Micros() ? OptionalLong.of(model.getP95Micros()) : OptionalLong.empty(),
                model.hasP99Micros() ? OptionalLong.of(model.getP99Micros()) : OptionalLong.empty(),
                model.getWindowSeconds());
    }

    private static Optional<FleetModel.OpenRollout> rollout(
            dev.tidegate.proto.v1.FleetModel model) {
        if (model.getRollout().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new FleetModel.OpenRollout(
                        model.getRollout(),
                        model.getRolloutState(),
                        model.getRolloutReason(),
                        model.getWaitsForApproval(),
                        model.getWaitsForMe()));
    }

    private static FleetSecond second(dev.tidegate.proto.v1.FleetSecond second) {
        return new FleetSecond(
                Timestamps.instant(second.getAt()),
                second.getModel(),
                second.getPinned() ? second.getVersion() + " (named)" : second.getVersion(),
                second.getRequests(),
                second.getErrors(),
                second.hasP95Micros()
                        ? OptionalLong.of(second.getP95Micros())
                        : OptionalLong.empty());
    }
}
