package dev.tidegate.server.routing;

import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.GetRouteResponse;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteServiceGrpc;
import dev.tidegate.proto.v1.SetFallbackRequest;
import dev.tidegate.proto.v1.SetFallbackResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.platform.grpc.Unary;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** Routes over gRPC. */
@Singleton
final class RouteGrpcService extends RouteServiceGrpc.RouteServiceImplBase {
    private final RouteStatusReader reader;
    private final FallbackWriter fallbacks;

    RouteGrpcService(RouteStatusReader reader, FallbackWriter fallbacks) {
        this.reader = reader;
        this.fallbacks = fallbacks;
    }

    @Override
    public void getRoute(GetRouteRequest request, StreamObserver<GetRouteResponse> observer) {
        Unary.answer(
                observer,
                () -> GetRouteResponse.newBuilder().setRoute(route(request.getModel())).build());
    }

    @Override
    public void setFallback(
            SetFallbackRequest request, StreamObserver<SetFallbackResponse> observer) {
        Unary.answer(
                observer,
                () -> {
                    fallbacks.set(
                            new NewFallback(
                                    request.getMutation().getRequestId(),
                                    request.getMutation().getExpectedRevision(),
                                    request.getModel(),
                                    request.getVersion(),
                                    request.getRules()),
                            CurrentPrincipal.get());
                    return SetFallbackResponse.newBuilder()
                            .setRoute(route(request.getModel()))
                            .build();
                });
    }

    private Route route(String model) {
        return RouteProtoMapper.route(reader.status(model), fallbacks.status(model));
    }
}
