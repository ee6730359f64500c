package dev.tidegate.server.routing;

import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.GetRouteResponse;
import dev.tidegate.proto.v1.RouteServiceGrpc;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** Routes over gRPC. */
@Singleton
final class RouteGrpcService extends RouteServiceGrpc.RouteServiceImplBase {
    private final RouteStatusReader reader;

    RouteGrpcService(RouteStatusReader reader) {
        this.reader = reader;
    }

    @Override
    public void getRoute(GetRouteRequest request, StreamObserver<GetRouteResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        GetRouteResponse.newBuilder()
                                .setRoute(RouteProtoMapper.route(reader.status(request.getModel())))
                                .build());
    }
}
