package dev.tidegate.workbench.rollout;

import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.ApproveRolloutResponse;
import dev.tidegate.proto.v1.HoldRolloutRequest;
import dev.tidegate.proto.v1.HoldRolloutResponse;
import dev.tidegate.proto.v1.ListRolloutsRequest;
import dev.tidegate.proto.v1.ListRolloutsResponse;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.ResumeRolloutRequest;
import dev.tidegate.proto.v1.ResumeRolloutResponse;
import dev.tidegate.proto.v1.RollBackRolloutRequest;
import dev.tidegate.proto.v1.RollBackRolloutResponse;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.workbench.connection.GrpcStream;
import dev.tidegate.workbench.connection.StreamSource;
import dev.tidegate.workbench.connection.Timestamps;
import dev.tidegate.workbench.connection.UnaryCall;
import dev.tidegate.workbench.failure.Outcome;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link RolloutGateway} over the control API. */
public final class GrpcRolloutGateway implements RolloutGateway {
    private static final long ANY_REVISION = 0;

    private final RolloutServiceGrpc.RolloutServiceStub stub;

    public GrpcRolloutGateway(Channel channel) {
        this.stub = RolloutServiceGrpc.newStub(channel);
    }

    @Override
    public StreamSource<RolloutUpdate> watch(String id, Duration history) {
        WatchRolloutRequest request =
                WatchRolloutRequest.newBuilder()
                        .setId(id)
                        .setHistory(Timestamps.duration(history))
                        .build();
        return GrpcStream.of(stub::watchRollout, request, RolloutProtoMapper::update);
    }

    @Override
    public CompletableFuture<Outcome<List<Rollout>>> list() {
        return UnaryCall.of(
                observer -> stub.listRollouts(ListRolloutsRequest.getDefaultInstance(), observer),
                (ListRolloutsResponse answer) ->
                        answer.getRolloutsList().stream()
                                .map(RolloutProtoMapper::rollout)
                                .toList());
    }

    @Override
    public CompletableFuture<Outcome<Rollout>> approve(
            Rollout rollout, EvidenceSnapshot snapshot, String reason, String requestId) {
        ApproveRolloutRequest request =
                ApproveRolloutRequest.newBuilder()
                        .setMutation(mutation(requestId, rollout.revision()))
                        .setId(rollout.id())
                        .setReason(reason)
                        .setSnapshot(RolloutProtoMapper.snapshot(snapshot))
                        .build();
        return UnaryCall.of(
                observer -> stub.approveRollout(request, observer),
                (ApproveRolloutResponse answer) -> RolloutProtoMapper.rollout(answer.getRollout()));
    }

    @Override
    public CompletableFuture<Outcome<Rollout>> hold(
            Rollout rollout, String reason, String requestId) {
        HoldRolloutRequest request =
                HoldRolloutRequest.newBuilder()
                        .setMutation(mutation(requestId, rollout.revision()))
                        .setId(rollout.id())
                        .setReason(reason)
                        .build();
        return UnaryCall.of(
                observer -> stub.holdRollout(request, observer),
                (HoldRolloutResponse answer) -> RolloutProtoMapper.rollout(answer.getRollout()));
    }

    @Override
    public CompletableFuture<Outcome<Rollout>> resume(
            Rollout rollout, String reason, String requestId) {
        ResumeRolloutRequest request =
                ResumeRolloutRequest.newBuilder()
                        .setMutation(mutation(requestId, rollout.revision()))
                        .setId(rollout.id())
                        .setReason(reason)
                        .build();
        return UnaryCall.of(
                observer -> stub.resumeRollout(request, observer),
                (ResumeRolloutResponse answer) -> RolloutProtoMapper.rollout(answer.getRollout()));
    }

    @Override
    public CompletableFuture<Outcome<Rollout>> rollBack(
            Rollout rollout, String reason, String requestId) {
        RollBackRolloutRequest request =
                RollBackRolloutRequest.newBuilder()
                        .setMutation(mutation(requestId, ANY_REVISION))
                        .setId(rollout.id())
                        .setReason(reason)
                        .build();
        return UnaryCall.of(
                observer -> stub.rollBackRollout(request, observer),
                (RollBackRolloutResponse answer) ->
                        RolloutProtoMapper.rollout(answer.getRollout()));
    }

    private static Mutation mutation(String requestId, long revision) {
        return Mutation.newBuilder().setRequestId(requestId).setExpectedRevision(revision).build();
    }
}
