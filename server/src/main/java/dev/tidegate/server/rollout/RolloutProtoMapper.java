package dev.tidegate.server.rollout;

import dev.tidegate.proto.v1.Action;
import dev.tidegate.proto.v1.Approval;
import dev.tidegate.proto.v1.EvidencePoint;
import dev.tidegate.proto.v1.GuardrailPoint;
import dev.tidegate.proto.v1.Mark;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import dev.tidegate.server.platform.grpc.WireTime;

/** Rollouts as messages. */
final class RolloutProtoMapper {
    private RolloutProtoMapper() {}

    static WatchRolloutResponse news(RolloutWatch.News news) {
        return WatchRolloutResponse.newBuilder()
                .setRollout(rollout(news.view()))
                .addAllPoints(news.points().stream().map(RolloutProtoMapper::point).toList())
                .build();
    }

    static dev.tidegate.proto.v1.Rollout rollout(RolloutView view) {
        Rollout rollout = view.rollout();
        dev.tidegate.proto.v1.Rollout.Builder message =
                dev.tidegate.proto.v1.Rollout.newBuilder()
                        .setId(rollout.id().toString())
                        .setModel(rollout.model())
                        .setChampion(rollout.champion())
                        .setCandidate(rollout.candidate())
                        .setState(rollout.state().name())
                        .setStep(rollout.step())
                        .setWeight(rollout.weight())
                        .setPlan(PlanProtoMapper.plan(rollout))
                        .setRevision(rollout.revision())
                        .setRouteEpoch(view.routeEpoch())
                        .setStartedBy(rollout.startedBy())
                        .setStartedAt(WireTime.of(rollout.startedAt()))
                        .setStepEnteredAt(WireTime.of(rollout.stepEnteredAt()))
                        .setReason(rollout.reason())
                        .setWaitingFor(rollout.waitingFor())
                        .setAsOf(WireTime.of(view.asOf()));
        rollout.endedAt().ifPresent(at -> message.setEndedAt(WireTime.of(at)));
        view.reading().ifPresent(reading -> addReading(message, view, reading));
        view.actions().forEach(action -> message.addActions(action(action)));
        view.approvals().forEach(approval -> message.addApprovals(approval(approval)));
        view.marks().forEach(mark -> message.addMarks(mark(mark)));
        return message.build();
    }

    private static void addReading(
            dev.tidegate.proto.v1.Rollout.Builder message,
            RolloutView view,
            RolloutReading reading) {
        message.addAllGuardrails(ReadingProtoMapper.guardrails(view, reading.reading()))
                .setSplit(ReadingProtoMapper.split(view, reading.reading()))
                .setHarm(ReadingProtoMapper.harm(view, reading.reading()))
                .setSnapshot(snapshot(reading.snapshot()))
                .setStepUnits(reading.reading().split().candidateUnits());
    }

    static dev.tidegate.proto.v1.EvidenceSnapshot snapshot(EvidenceSnapshot snapshot) {
        return dev.tidegate.proto.v1.EvidenceSnapshot.newBuilder()
                .setFoldPosition(snapshot.foldPosition())
                .setDigest(snapshot.digest())
                .setPlanDigest(snapshot.planDigest())
                .setStep(snapshot.step())
                .addAllVerdicts(snapshot.verdicts())
                .setAt(WireTime.of(snapshot.at()))
                .build();
    }

    static EvidenceSnapshot snapshot(dev.tidegate.proto.v1.EvidenceSnapshot message) {
        return new EvidenceSnapshot(
                message.getFoldPosition(),
                message.getDigest(),
                message.getPlanDigest(),
                message.getStep(),
                message.getVerdictsList(),
                WireTime.instant("snapshot.at", message.getAt()));
    }

    private static Action action(AllowedAction action) {
        return Action.newBuilder()
                .setName(action.name())
                .setAllowed(action.allowed())
                .setReason(action.reason())
                .setEffect(action.effect())
                .build();
    }

    private static Approval approval(RolloutApproval approval) {
        return Approval.newBuilder()
                .setStep(approval.step())
                .setBy(approval.by())
                .setReason(approval.reason())
                .setAt(WireTime.of(approval.at()))
                .setFoldPosition(approval.foldPosition())
                .build();
    }

    private static Mark mark(RolloutMark mark) {
        return Mark.newBuilder()
                .setAt(WireTime.of(mark.at()))
                .setKind(mark.kind())
                .setLabel(mark.label())
                .build();
    }

    private static EvidencePoint point(PathPoint point) {
        EvidencePoint.Builder message =
                EvidencePoint.newBuilder()
                        .setAt(WireTime.of(point.at()))
                        .setFoldPosition(point.foldPosition())
                        .setStep(point.step())
                        .setWeight(point.weight())
                        .setChampionUnits(point.championUnits())
                        .setCandidateUnits(point.candidateUnits())
                        .setSplitSeen(point.splitSeen());
        point.guardrails()
                .forEach(
                        rail ->
                                message.addGuardrails(
                                        GuardrailPoint.newBuilder()
                                                .setName(rail.name())
                                                .setDifference(rail.difference())
                                                .setLow(rail.low())
                                                .setHigh(rail.high())
                                                .setLogEValue(rail.logE())
                                                .setVerdict(rail.verdict())));
        return message.build();
    }
}
