package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.Action;
import dev.tidegate.proto.v1.Approval;
import dev.tidegate.proto.v1.Estimate;
import dev.tidegate.proto.v1.EvidenceSnapshot;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.Mark;
import dev.tidegate.proto.v1.PlanStep;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.SplitReading;
import java.util.List;

/** Rollouts as documents. */
final class RolloutProtoMapper {
    private RolloutProtoMapper() {}

    static Document listed(Rollout rollout) {
        return new Document()
                .with("id", rollout.getId())
                .with("model", rollout.getModel())
                .with("champion", rollout.getChampion())
                .with("candidate", rollout.getCandidate())
                .with("state", rollout.getState())
                .with("step", rollout.getStep())
                .with("weight", rollout.getWeight())
                .with("startedBy", rollout.getStartedBy())
                .with(
                        "startedAt",
                        ValueProtoMapper.time(rollout.hasStartedAt(), rollout.getStartedAt()))
                .with("endedAt", ValueProtoMapper.time(rollout.hasEndedAt(), rollout.getEndedAt()))
                .with("reason", rollout.getReason());
    }

    static Document rollout(Rollout rollout) {
        return listed(rollout)
                .with("waitingFor", rollout.getWaitingFor())
                .with("stepUnits", rollout.getStepUnits())
                .with(
                        "stepEnteredAt",
                        ValueProtoMapper.time(
                                rollout.hasStepEnteredAt(), rollout.getStepEnteredAt()))
                .with("asOf", ValueProtoMapper.time(rollout.hasAsOf(), rollout.getAsOf()))
                .with("plan", rollout.getPlan().getName())
                .with("planDigest", rollout.getPlan().getDigest())
                .with("routeEpoch", rollout.getRouteEpoch())
                .with("revision", rollout.getRevision())
                .with("harm", rollout.hasHarm() ? rollout.getHarm().getValue() : null)
                .with(
                        "steps",
                        rollout.getPlan().getStepsList().stream()
                                .map(RolloutProtoMapper::step)
                                .toList())
                .with(
                        "guardrails",
                        rollout.getGuardrailsList().stream()
                                .map(RolloutProtoMapper::guardrail)
                                .toList())
                .with("split", rollout.hasSplit() ? split(rollout.getSplit()) : null)
                .with("evidence", rollout.hasSnapshot() ? seen(rollout.getSnapshot()) : null)
                .with("snapshot", rollout.hasSnapshot() ? snapshot(rollout.getSnapshot()) : null)
                .with(
                        "actions",
                        rollout.getActionsList().stream().map(RolloutProtoMapper::action).toList())
                .with(
                        "approvals",
                        rollout.getApprovalsList().stream()
                                .map(RolloutProtoMapper::approval)
                                .toList())
                .with(
                        "marks",
                        rollout.getMarksList().stream().map(RolloutProtoMapper::mark).toList());
    }

    private static Document step(PlanStep step) {
        return new Document()
                .with("weight", step.getWeight())
                .with("minimumSeconds", ValueProtoMapper.seconds(step.getMinimumTime()))
                .with("minimumUnits", step.getMinimumUnits())
                .with("approval", step.getApproval())
                .with("promote", step.getPromote())
                .with("hold", step.getHold());
    }

    private static Document guardrail(GuardrailReading reading) {
        Estimate difference = reading.getDifference();
        return new Document()
                .with("name", reading.getName())
                .with("verdict", reading.getVerdict())
                .with("reason", reading.getReason())
                .with("champion", reading.hasChampion() ? reading.getChampion().getValue() : null)
                .with(
                        "candidate",
                        reading.hasCandidate() ? reading.getCandidate().getValue() : null)
                .with("difference", reading.hasDifference() ? difference.getValue() : null)
                .with("low", reading.hasDifference() ? difference.getLow() : null)
                .with("high", reading.hasDifference() ? difference.getHigh() : null)
                .with("n", reading.getCandidate().getN())
                .with("championN", reading.getChampion().getN())
                .with("championEvents", reading.getChampionEvents())
                .with("candidateEvents", reading.getCandidateEvents())
                .with("tolerance", reading.getTolerance())
                .with("needed", reading.hasNeeded() ? reading.getNeeded() : null)
                .with("etaSeconds", reading.hasEtaSeconds() ? reading.getEtaSeconds() : null)
                .with("eValue", Math.min(StrictMath.exp(reading.getLogEValue()), Double.MAX_VALUE))
                .with("logEValue", reading.getLogEValue())
                .with("alpha", reading.getAlpha());
    }

    private static Document split(SplitReading split) {
        return new Document()
                .with("asked", split.getAsked())
                .with("seen", split.hasSeen() ? split.getSeen().getValue() : null)
                .with("verdict", split.getVerdict())
                .with("logEValue", split.getLogEValue())
                .with("alpha", split.getAlpha());
    }

    private static String seen(EvidenceSnapshot snapshot) {
        return new SeenEvidence(snapshot.getFoldPosition(), snapshot.getDigest()).toString();
    }

    private static Document snapshot(EvidenceSnapshot snapshot) {
        return new Document()
                .with("foldPosition", snapshot.getFoldPosition())
                .with("digest", snapshot.getDigest())
                .with("planDigest", snapshot.getPlanDigest())
                .with("step", snapshot.getStep())
                .with("verdicts", List.copyOf(snapshot.getVerdictsList()))
                .with("at", ValueProtoMapper.time(snapshot.hasAt(), snapshot.getAt()));
    }

    private static Document action(Action action) {
        return new Document()
                .with("name", action.getName())
                .with("allowed", action.getAllowed())
                .with("effect", action.getEffect())
                .with("reason", action.getReason());
    }

    private static Document approval(Approval approval) {
        return new Document()
                .with("step", approval.getStep())
                .with("by", approval.getBy())
                .with("reason", approval.getReason())
                .with("at", ValueProtoMapper.time(approval.hasAt(), approval.getAt()))
                .with("foldPosition", approval.getFoldPosition());
    }

    private static Document mark(Mark mark) {
        return new Document()
                .with("at", ValueProtoMapper.time(mark.hasAt(), mark.getAt()))
                .with("kind", mark.getKind())
                .with("label", mark.getLabel());
    }
}
