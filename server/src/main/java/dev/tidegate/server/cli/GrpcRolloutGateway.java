package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.EvidenceSnapshot;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.HoldRolloutRequest;
import dev.tidegate.proto.v1.ListRolloutsRequest;
import dev.tidegate.proto.v1.ResumeRolloutRequest;
import dev.tidegate.proto.v1.RollBackRolloutRequest;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.StartRolloutResponse;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** A candidate's way in, or back out. */
public final class GrpcRolloutGateway {
    private final RolloutServiceGrpc.RolloutServiceBlockingStub rollouts;

    public GrpcRolloutGateway(ServerConnection connection) {
        rollouts = RolloutServiceGrpc.newBlockingStub(connection.channel());
    }

    /**
     * Starts a rollout; how long it takes is in {@code forecast}, what its writer should know in
     * {@code warnings}.
     */
    public Document start(String model, String candidate, RolloutPlan plan) {
        StartRolloutResponse answer =
                rollouts.startRollout(
                        StartRolloutRequest.newBuilder()
                                .setMutation(MutationProtoMapper.fresh())
                                .setModel(model)
                                .setCandidate(candidate)
                                .setPlan(plan.name())
                                .setPlanYaml(plan.yaml())
                                .build());
        return RolloutProtoMapper.rollout(answer.getRollout())
                .with("forecast", answer.getForecast().isEmpty() ? null : answer.getForecast())
                .with("warnings", List.copyOf(answer.getWarningsList()));
    }

    /** Returns the rollout as it is now. */
    public Document show(String id) {
        return RolloutProtoMapper.rollout(rollout(id));
    }

    Document list(String model) {
        return new Document()
                .with(
                        "rollouts",
                        rollouts
                                .listRollouts(
                                        ListRolloutsRequest.newBuilder().setModel(model).build())
                                .getRolloutsList()
                                .stream()
                                .map(RolloutProtoMapper::listed)
                                .toList());
    }

    /**
     * Hands on the rollout as it is and at each change.
     *
     * @param goesOn returns whether to hear more
     * @return whether the listener had enough; false when the server ended the stream
     */
    public boolean watch(String id, Predicate<Document> goesOn) {
        Iterator<WatchRolloutResponse> messages =
                rollouts.watchRollout(WatchRolloutRequest.newBuilder().setId(id).build());
        while (messages.hasNext()) {
            if (!goesOn.test(RolloutProtoMapper.rollout(messages.next().getRollout()))) {
                return true;
            }
        }
        return false;
    }

    /** Returns what an approval given now would sign. */
    public Evidence evidence(String id) {
        return new Evidence(rollout(id));
    }

    Document hold(String id, String reason) {
        return RolloutProtoMapper.rollout(
                rollouts.holdRollout(
                                HoldRolloutRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setId(id)
                                        .setReason(reason)
                                        .build())
                        .getRollout());
    }

    Document resume(String id, String reason) {
        return RolloutProtoMapper.rollout(
                rollouts.resumeRollout(
                                ResumeRolloutRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setId(id)
                                        .setReason(reason)
                                        .build())
                        .getRollout());
    }

    /** Gives all traffic back to the champion. */
    public Document rollBack(String id, String reason) {
        return RolloutProtoMapper.rollout(
                rollouts.rollBackRollout(
                                RollBackRolloutRequest.newBuilder()
                                        .setMutation(MutationProtoMapper.fresh())
                                        .setId(id)
                                        .setReason(reason)
                                        .build())
                        .getRollout());
    }

    private Rollout rollout(String id) {
        return rollouts.getRollout(GetRolloutRequest.newBuilder().setId(id).build()).getRollout();
    }

    /** The evidence of one moment; the server refuses a signature under one that has changed. */
    public final class Evidence {
        private final Rollout seen;

        private Evidence(Rollout seen) {
            this.seen = seen;
        }

        /** Returns the rollout as it was. */
        public Document rollout() {
            return RolloutProtoMapper.rollout(seen);
        }

        /** Approves the next step on this evidence. */
        public Document approve(String reason) {
            return approve(reason, seen.getSnapshot());
        }

        /** Approves the next step on evidence that was looked at before. */
        Document approve(String reason, SeenEvidence before) {
            return approve(
                    reason,
                    seen.getSnapshot().toBuilder()
                            .setFoldPosition(before.position())
                            .setDigest(before.digest())
                            .build());
        }

        private Document approve(String reason, EvidenceSnapshot snapshot) {
            return RolloutProtoMapper.rollout(
                    rollouts.approveRollout(
                                    ApproveRolloutRequest.newBuilder()
                                            .setMutation(MutationProtoMapper.fresh())
                                            .setId(seen.getId())
                                            .setReason(reason)
                                            .setSnapshot(snapshot)
                                            .build())
                            .getRollout());
        }
    }
}
