package dev.tidegate.workbench.rollout;

import static dev.tidegate.workbench.connection.Timestamps.duration;
import static dev.tidegate.workbench.connection.Timestamps.instant;

import com.google.protobuf.Timestamp;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Messages of the rollout's protocol as the workbench's own types, and back. */
final class RolloutProtoMapper {
    private RolloutProtoMapper() {}

    static RolloutUpdate update(WatchRolloutResponse message) {
        return new RolloutUpdate(
                rollout(message.getRollout()),
                message.getPointsList().stream().map(RolloutProtoMapper::point).toList());
    }

    static Rollout rollout(dev.tidegate.proto.v1.Rollout message) {
        return new Rollout(
                message.getId(),
                message.getModel(),
                message.getChampion(),
                message.getCandidate(),
                message.getState(),
                message.getStep(),
                message.getWeight(),
                plan(message.getPlan()),
                guardrails(message.getGuardrailsList(), message.getPlan()),
                split(message.getSplit()),
                estimate(message.getHarm()),
                snapshot(message.getSnapshot()),
                message.getRevision(),
                message.getStartedBy(),
                instant(message.getStartedAt()),
                instant(message.getStepEnteredAt()),
                message.hasEndedAt()
                        ? Optional.of(instant(message.getEndedAt()))
                        : Optional.empty(),
                message.getReason(),
                message.getWaitingFor(),
                message.getStepUnits(),
                instant(message.getAsOf()),
                message.getActionsList().stream().map(RolloutProtoMapper::action).toList(),
                message.getApprovalsList().stream().map(RolloutProtoMapper::approval).toList(),
                message.getMarksList().stream().map(RolloutProtoMapper::event).toList());
    }

    private static Plan plan(dev.tidegate.proto.v1.Plan plan) {
        List<Plan.Step> steps =
                plan.getStepsList().stream()
                        .map(
                                step ->
                                        new Plan.Step(
                                                step.getWeight(),
                                                duration(step.getMinimumTime()),
                                                step.getMinimumUnits(),
                                                step.getApproval(),
                                                step.getPromote(),
                                                step.getHold()))
                        .toList();
        List<Plan.Rule> rules =
                plan.getGuardrailsList().stream()
                        .map(
                                rule ->
                                        new Plan.Rule(
                                                rule.getName(),
                                                rule.getMetric(),
                                                rule.getQuantile(),
                                                duration(rule.getMargin()),
                                                rule.getTolerance()))
                        .toList();
        return new Plan(plan.getName(), plan.getDigest(), steps, rules);
    }

    /**
     * Every guardrail of the plan, read or not: the server reads none while the champion is watched
     * and in the first second of a step.
     */
    private static List<Guardrail> guardrails(
            List<GuardrailReading> readings, dev.tidegate.proto.v1.Plan plan) {
        Map<String, Guardrail> all = new LinkedHashMap<>();
        plan(plan).guardrails().forEach(rule -> all.put(rule.name(), Guardrail.unread(rule)));
        readings.forEach(reading -> all.put(reading.getName(), guardrail(reading)));
        return List.copyOf(all.values());
    }

    private static Guardrail guardrail(GuardrailReading reading) {
        return new Guardrail(
                reading.getName(),
                Verdict.of(reading.getVerdict()),
                reading.getReason(),
                estimate(reading.getChampion()),
                estimate(reading.getCandidate()),
                estimate(reading.getDifference()),
                reading.getTolerance(),
                reading.hasNeeded() ? OptionalLong.of(reading.getNeeded()) : OptionalLong.empty(),
                reading.hasEtaSeconds()
                        ? Optional.of(java.time.Duration.ofSeconds(reading.getEtaSeconds()))
                        : Optional.empty(),
                reading.getLogEValue(),
                reading.getAlpha(),
                reading.hasChampionThreshold()
                        ? Optional.of(duration(reading.getChampionThreshold()))
                        : Optional.empty(),
                reading.hasCandidateThreshold()
                        ? Optional.of(duration(reading.getCandidateThreshold()))
                        : Optional.empty(),
                reading.getChampionEvents(),
                reading.getCandidateEvents());
    }

    private static Rollout.Split split(dev.tidegate.proto.v1.SplitReading split) {
        return new Rollout.Split(
                split.getAsked(), estimate(split.getSeen()), Verdict.of(split.getVerdict()));
    }

    private static Estimate estimate(dev.tidegate.proto.v1.Estimate estimate) {
        return new Estimate(
                estimate.getValue(),
                estimate.getLow(),
                estimate.getHigh(),
                estimate.getConfidence(),
                estimate.getN(),
                duration(estimate.getWindow()),
                estimate.getMethod());
    }

    private static Rollout.Action action(dev.tidegate.proto.v1.Action action) {
        return new Rollout.Action(
                action.getName(), action.getAllowed(), action.getReason(), action.getEffect());
    }

    private static Rollout.Approval approval(dev.tidegate.proto.v1.Approval approval) {
        return new Rollout.Approval(
                approval.getStep(),
                approval.getBy(),
                approval.getReason(),
                instant(approval.getAt()));
    }

    private static Rollout.Event event(dev.tidegate.proto.v1.Mark mark) {
        return new Rollout.Event(instant(mark.getAt()), mark.getKind(), mark.getLabel());
    }

    private static EvidencePoint point(dev.tidegate.proto.v1.EvidencePoint point) {
        List<EvidencePoint.Reading> readings =
                point.getGuardrailsList().stream()
                        .map(
                                reading ->
                                        new EvidencePoint.Reading(
                                                reading.getName(),
                                                reading.getDifference(),
                                                reading.getLow(),
                                                reading.getHigh(),
                                                reading.getLogEValue()))
                        .toList();
        return new EvidencePoint(
                instant(point.getAt()),
                point.getWeight(),
                point.getCandidateUnits(),
                readings,
                point.getSplitSeen());
    }

    private static EvidenceSnapshot snapshot(dev.tidegate.proto.v1.EvidenceSnapshot snapshot) {
        return new EvidenceSnapshot(
                snapshot.getFoldPosition(),
                snapshot.getDigest(),
                snapshot.getPlanDigest(),
                snapshot.getStep(),
                snapshot.getVerdictsList(),
                instant(snapshot.getAt()));
    }

    static dev.tidegate.proto.v1.EvidenceSnapshot snapshot(EvidenceSnapshot snapshot) {
        return dev.tidegate.proto.v1.EvidenceSnapshot.newBuilder()
                .setFoldPosition(snapshot.foldPosition())
                .setDigest(snapshot.digest())
                .setPlanDigest(snapshot.planDigest())
                .setStep(snapshot.step())
                .addAllVerdicts(snapshot.verdicts())
                .setAt(timestamp(snapshot.at()))
                .build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
