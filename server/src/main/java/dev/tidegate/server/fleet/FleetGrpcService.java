package dev.tidegate.server.fleet;

import dev.tidegate.proto.v1.FleetServiceGrpc;
import dev.tidegate.proto.v1.GetServerRequest;
import dev.tidegate.proto.v1.GetServerResponse;
import dev.tidegate.proto.v1.WatchFleetRequest;
import dev.tidegate.proto.v1.WatchFleetResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.grpc.Unary;
import dev.tidegate.server.rollout.RunningRollouts;
import dev.tidegate.server.routing.RouteStatusReader;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** The fleet over gRPC. */
@Singleton
final class FleetGrpcService extends FleetServiceGrpc.FleetServiceImplBase {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int MOST_HISTORY_SECONDS = 900;

    private final ServerStatusReader server;
    private final FleetHistory history;
    private final RouteStatusReader routes;
    private final RunningRollouts rollouts;
    private final ServerStream streams;

    FleetGrpcService(
            ServerStatusReader server,
            FleetHistory history,
            RouteStatusReader routes,
            RunningRollouts rollouts,
            ServerStream streams) {
        this.server = server;
        this.history = history;
        this.routes = routes;
        this.rollouts = rollouts;
        this.streams = streams;
    }

    @Override
    public void watchFleet(WatchFleetRequest request, StreamObserver<WatchFleetResponse> observer) {
        int seconds = Math.clamp(request.getHistorySeconds(), 0, MOST_HISTORY_SECONDS);
        FleetWatch watch =
                new FleetWatch(
                        server,
                        history,
                        routes,
                        rollouts,
                        CurrentPrincipal.get(),
                        Duration.ofSeconds(seconds));
        streams.run(observer, BEAT, () -> Optional.of(FleetProtoMapper.news(watch.news())));
    }

    @Override
    public void getServer(GetServerRequest request, StreamObserver<GetServerResponse> observer) {
        Unary.answer(
                observer,
                () ->
                        GetServerResponse.newBuilder()
                                .setServer(FleetProtoMapper.server(server.read()))
                                .build());
    }
}
