package dev.tidegate.workbench;

import dev.tidegate.proto.v1.Fallback;
import dev.tidegate.proto.v1.GetRouteRequest;
import dev.tidegate.proto.v1.GetRouteResponse;
import dev.tidegate.proto.v1.Route;
import dev.tidegate.proto.v1.RouteArm;
import dev.tidegate.proto.v1.RouteServiceGrpc;
import dev.tidegate.proto.v1.SetFallbackRequest;
import dev.tidegate.proto.v1.SetFallbackResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One model whose champion is v1, with a ladder that can be changed; refuses rules with "wrong".
 */
public final class ScriptedRoutes extends RouteServiceGrpc.RouteServiceImplBase {
    private final List<SetFallbackRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Fallback fallback = Fallback.getDefaultInstance();

    @Override
    public void getRoute(GetRouteRequest request, StreamObserver<GetRouteResponse> observer) {
        if (!request.getModel().equals("churn")) {
            observer.onError(
                    Status.NOT_FOUND
                            .withDescription(
                                    "model '%s' has no route; register a version with --alias champion first"
                                            .formatted(request.getModel()))
                            .asRuntimeException());
            return;
        }
        observer.onNext(GetRouteResponse.newBuilder().setRoute(route()).build());
        observer.onCompleted();
    }

    @Override
    public void setFallback(
            SetFallbackRequest request, StreamObserver<SetFallbackResponse> observer) {
        requests.add(request);
        if (request.getRules().contains("wrong")) {
            observer.onError(
                    Status.INVALID_ARGUMENT
                            .withDescription("rules, line 1, column 1: output 'wrong' is unknown")
                            .asRuntimeException());
            return;
        }
        set(request.getVersion(), request.getRules(), "Anna Keller");
        observer.onNext(SetFallbackResponse.newBuilder().setRoute(route()).build());
        observer.onCompleted();
    }

    /** Sets the ladder, as somebody else does. */
    public void set(String version, String rules, String by) {
        fallback =
                Fallback.newBuilder()
                        .setRevision(fallback.getRevision() + 1)
                        .setVersion(version)
                        .setRules(rules)
                        .setSince(ScriptedServer.timestamp(ScriptedFleet.START.plusSeconds(20)))
                        .setBy(by)
                        .build();
    }

    /** The changes that were asked for, in order. */
    public List<SetFallbackRequest> requests() {
        return requests;
    }

    private Route route() {
        Route.Builder route =
                Route.newBuilder()
                        .setModel("churn")
                        .setEpoch(3)
                        .addArms(
                                RouteArm.newBuilder()
                                        .setVersion("v1")
                                        .setWeight(0.75)
                                        .setRole("champion"))
                        .addArms(
                                RouteArm.newBuilder()
                                        .setVersion("v2")
                                        .setWeight(0.25)
                                        .setRole("candidate"));
        if (!fallback.getVersion().isEmpty() || !fallback.getRules().isEmpty()) {
            route.setFallback(fallback);
        }
        return route.build();
    }
}
