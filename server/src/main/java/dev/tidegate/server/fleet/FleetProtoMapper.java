package dev.tidegate.server.fleet;

import dev.tidegate.proto.v1.Arm;
import dev.tidegate.proto.v1.FleetArm;
import dev.tidegate.proto.v1.Replica;
import dev.tidegate.proto.v1.Server;
import dev.tidegate.proto.v1.WatchFleetResponse;
import dev.tidegate.server.platform.grpc.WireTime;
import dev.tidegate.server.rollout.RolloutState;
import dev.tidegate.server.routing.RouteStatus;
import dev.tidegate.server.stats.LatencyHistogram;

/** The fleet as messages. */
final class FleetProtoMapper {
    private FleetProtoMapper() {}

    static WatchFleetResponse news(FleetWatch.News news) {
        return WatchFleetResponse.newBuilder()
                .setServer(server(news.server()))
                .addAllModels(news.models().stream().map(FleetProtoMapper::model).toList())
                .addAllSeconds(news.seconds().stream().map(FleetProtoMapper::second).toList())
                .build();
    }

    static Server server(ServerStatus status) {
        Server.Builder message =
                Server.newBuilder()
                        .setVersion(status.version())
                        .setNow(WireTime.of(status.now()))
                        .setStartedAt(WireTime.of(status.startedAt()))
                        .setLeader(status.leader().orElse(""))
                        .addAllProblems(status.problems());
        status.newestEvidence().ifPresent(at -> message.setNewestEvidence(WireTime.of(at)));
        status.replicas().forEach(replica -> message.addReplicas(replica(replica)));
        return message.build();
    }

    private static Replica replica(ServerStatus.ReplicaStatus replica) {
        return Replica.newBuilder()
                .setId(replica.name())
                .setLeader(replica.leader())
                .setLive(replica.live())
                .setLeaseUntil(WireTime.of(replica.leaseUntil()))
                .build();
    }

    private static dev.tidegate.proto.v1.FleetModel model(FleetModel model) {
        RouteStatus route = model.route();
        dev.tidegate.proto.v1.FleetModel.Builder message =
                dev.tidegate.proto.v1.FleetModel.newBuilder()
                        .setName(route.model())
                        .setRouteEpoch(route.epoch())
                        .setRequests(model.requests())
                        .setErrors(model.errors())
                        .setPinned(model.pinned())
                        .setRequestsPerSecond((double) model.requests() / model.windowSeconds())
                        .setWindowSeconds(model.windowSeconds())
                        .setWaitsForMe(model.waitsForCaller())
                        .addArms(arm(route.champion(), "champion", 1 - route.weight()));
        route.candidate().ifPresent(c -> message.addArms(arm(c, "candidate", route.weight())));
        model.rollout()
                .ifPresent(
                        rollout ->
                                message.setRollout(rollout.id().toString())
                                        .setRolloutState(rollout.state().name())
                                        .setRolloutReason(rollout.reason())
                                        .setWaitsForApproval(
                                                rollout.state() == RolloutState.AWAITING_APPROVAL));
        LatencyHistogram latency = model.latency();
        if (latency.total() > 0) {
            message.setP50Micros(latency.quantile(0.5))
                    .setP95Micros(latency.quantile(0.95))
                    .setP99Micros(latency.quantile(0.99));
        }
        return message.build();
    }

    private static FleetArm arm(String version, String role, double weight) {
        return FleetArm.newBuilder().setVersion(version).setRole(role).setWeight(weight).build();
    }

    private static dev.tidegate.proto.v1.FleetSecond second(FleetSecond second) {
        dev.tidegate.proto.v1.FleetSecond.Builder message =
                dev.tidegate.proto.v1.FleetSecond.newBuilder()
                        .setAt(WireTime.of(second.at()))
                        .setModel(second.model())
                        .setVersion(second.version())
                        .setRequests(second.requests())
                        .setErrors(second.errors())
                        .setArm(arm(second.share()))
                        .setPinned(second.share() == FleetSecond.Share.PINNED);
        LatencyHistogram latency = second.latency();
        if (latency.total() > 0) {
            message.setP50Micros(latency.quantile(0.5))
                    .setP95Micros(latency.quantile(0.95))
                    .setP99Micros(latency.quantile(0.99));
        }
        return message.build();
    }

    private static Arm arm(FleetSecond.Share share) {
        return switch (share) {
            case PINNED -> Arm.ARM_UNSPECIFIED;
            case CHAMPION -> Arm.ARM_CHAMPION;
            case CANDIDATE -> Arm.ARM_CANDIDATE;
        };
    }
}
