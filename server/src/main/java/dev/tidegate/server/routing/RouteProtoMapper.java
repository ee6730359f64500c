package dev.tidegate.server.routing;

import dev.tidegate.proto.v1.Acknowledgement;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteArm;
import dev.tidegate.server.platform.grpc.WireTime;
import java.util.Optional;
import java.util.UUID;

/** Routes as messages. */
final class RouteProtoMapper {
    private RouteProtoMapper() {}

    static Route route(RouteStatus status, Optional<FallbackStatus> fallback) {
        Route.Builder route =
                Route.newBuilder()
                        .setModel(status.model())
                        .setEpoch(status.epoch())
                        .setSince(WireTime.of(status.since()))
                        .setInForce(status.inForce())
                        .setRollout(status.rollout().map(UUID::toString).orElse(""))
                        .addArms(arm(status.champion(), 1 - status.weight(), "champion"));
        status.candidate().ifPresent(c -> route.addArms(arm(c, status.weight(), "candidate")));
        fallback.ifPresent(given -> route.setFallback(fallback(given)));
        status.replicas().forEach(r -> route.addAcknowledgements(acknowledgement(r)));
        return route.build();
    }

    private static dev.tidegate.proto.v1.Fallback fallback(FallbackStatus status) {
        return dev.tidegate.proto.v1.Fallback.newBuilder()
                .setRevision(status.revision())
                .setVersion(status.version().orElse(""))
                .setRules(status.rules())
                .setSince(WireTime.of(status.since()))
                .setBy(status.by())
                .build();
    }

    private static RouteArm arm(String version, double weight, String role) {
        return RouteArm.newBuilder().setVersion(version).setWeight(weight).setRole(role).build();
    }

    private static Acknowledgement acknowledgement(RouteStatus.Acknowledged replica) {
        Acknowledgement.Builder builder =
                Acknowledgement.newBuilder()
                        .setReplica(replica.replica())
                        .setEpoch(replica.epoch())
                        .setLive(replica.live());
        replica.at().ifPresent(at -> builder.setAt(WireTime.of(at)));
        return builder.build();
    }
}
