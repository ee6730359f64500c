package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.Acknowledgement;
import dev.tidegate.proto.v1.Fallback;
import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteArm;
import dev.tidegate.proto.v1.RouteServiceGrpc;
import dev.tidegate.proto.v1.SetFallbackRequest;

/** Which version answers. */
public final class GrpcRouteGateway {
    private final RouteServiceGrpc.RouteServiceBlockingStub routes;

    public GrpcRouteGateway(ServerConnection connection) {
        routes = RouteServiceGrpc.newBlockingStub(connection.channel());
    }

    /** Returns model, epoch, arms and who has acknowledged them. */
    public Document show(String model) {
        return document(
                routes.getRoute(GetRouteRequest.newBuilder().setModel(model).build()).getRoute());
    }

    /**
     * Sets what stands in for a champion.
     *
     * @param version empty for none
     * @param rules empty for none
     */
    public Document fallback(String model, String version, String rules) {
        return document(
                routes.setFallback(
                                SetFallbackRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setModel(model)
                                        .setVersion(version)
                                        .setRules(rules)
                                        .build())
                        .getRoute());
    }

    private static Document document(Route route) {
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
                                .toList())
                .with("fallback", route.hasFallback() ? fallback(route.getFallback()) : null);
    }

    private static Document fallback(Fallback fallback) {
        return new Document()
                .with("version", fallback.getVersion().isEmpty() ? null : fallback.getVersion())
                .with("rules", fallback.getRules().isEmpty() ? null : fallback.getRules())
                .with("revision", fallback.getRevision())
                .with("since", ValueProtoMapper.time(fallback.hasSince(), fallback.getSince()))
                .with("by", fallback.getBy());
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
