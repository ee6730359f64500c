package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.Acknowledgement;
import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteArm;
import dev.tidegate.proto.v1.RouteServiceGrpc;

/** Which version answers. */
public final class GrpcRouteGateway {
    private final RouteServiceGrpc.RouteServiceBlockingStub routes;

    public GrpcRouteGateway(ServerConnection connection) {
        routes = RouteServiceGrpc.newBlockingStub(connection.channel());
    }

    /** Returns model, epoch, arms and who has acknowledged them. */
    public Document show(String model) {
        Route route =
                routes.getRoute(GetRouteRequest.newBuilder().setModel(model).build()).getRoute();
        return new Document()
                .with("model", route.getModel())
                .with("epoch", route.getEpoch())
                .with("since", ValueProtoMapper.time(route.hasSince(), route.getSince()))
                .with("inForce", route.getInForce())
                .with("rollout", route.getRollout().isEmpty() ? null : route.getRollout())
                .with("arms", route.getArmsList().stream().map(GrpcRouteGateway::arm).toList())
                .with(
                        "acknowledgements",
                        route.getAcknowledgementsList().stream()
                                .map(GrpcRouteGateway::acknowledgement)
                                .toList());
    }

    private static Document arm(RouteArm arm) {
        return new Document()
                .with("version", arm.getVersion())
                .with("weight", arm.getWeight())
                .with("role", arm.getRole());
    }

    private static Document acknowledgement(Acknowledgement one) {
        return new Document()
                .with("replica", one.getReplica())
                .with("epoch", one.getEpoch())
                .with("live", one.getLive())
                .with("at", ValueProtoMapper.time(one.hasAt(), one.getAt()));
    }
}
