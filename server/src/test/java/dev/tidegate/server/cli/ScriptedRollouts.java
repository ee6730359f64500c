package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.ApproveRolloutResponse;
import dev.tidegate.proto.v1.Estimate;
import dev.tidegate.proto.v1.EvidenceSnapshot;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.GetRolloutResponse;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.StartRolloutResponse;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A rollout service that says what it was told to, over a real connection. */
final class ScriptedRollouts extends RolloutServiceGrpc.RolloutServiceImplBase {
    final Queue<Object> received = new ConcurrentLinkedQueue<>();

    /** The states that each watch sends before the server goes away. */
    final Queue<List<String>> watches = new ArrayDeque<>();

    static Rollout rollout(String state) {
        return Rollout.newBuilder()
                .setId("r1")
                .setModel("churn")
                .setChampion("v1")
                .setCandidate("v2")
                .setState(state)
                .setStep(1)
                .setWeight(0.25)
                .addGuardrails(
                        GuardrailReading.newBuilder()
                                .setName("errors")
                                .setVerdict("KEEP_COLLECTING")
                                .setNeeded(321)
                                .setAlpha(0.03)
                                .setLogEValue(2)
                                .setCandidate(Estimate.newBuilder().setValue(0.01).setN(700)))
                .setSnapshot(EvidenceSnapshot.newBuilder().setFoldPosition(42).setDigest("ab"))
                .build();
    }

    @Override
    public void startRollout(
            StartRolloutRequest request, StreamObserver<StartRolloutResponse> observer) {
        received.add(request);
        observer.onNext(
                StartRolloutResponse.newBuilder()
                        .setRollout(rollout("RUNNING"))
                        .addWarnings("the traffic is unknown")
                        .build());
        observer.onCompleted();
    }

    @Override
    public void getRollout(GetRolloutRequest request, StreamObserver<GetRolloutResponse> observer) {
        observer.onNext(
                GetRolloutResponse.newBuilder().setRollout(rollout("AWAITING_APPROVAL")).build());
        observer.onCompleted();
    }

    @Override
    public void approveRollout(
            ApproveRolloutRequest request, StreamObserver<ApproveRolloutResponse> observer) {
        received.add(request);
        if (request.getReason().equals("too late")) {
            observer.onError(
                    Status.FAILED_PRECONDITION
                            .withDescription("errors was SAFE and is now HARMFUL")
                            .asRuntimeException());
            return;
        }
        observer.onNext(
                ApproveRolloutResponse.newBuilder().setRollout(rollout("PROMOTED")).build());
        observer.onCompleted();
    }

    @Override
    public void watchRollout(
            WatchRolloutRequest request, StreamObserver<WatchRolloutResponse> observer) {
        received.add(request);
        watches.remove()
                .forEach(
                        state ->
                                observer.onNext(
                                        WatchRolloutResponse.newBuilder()
                                                .setRollout(rollout(state))
                                                .build()));
        observer.onError(
                Status.UNAVAILABLE.withDescription("the server is shutting down").asException());
    }
}
