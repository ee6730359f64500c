package dev.tidegate.server.rollout;

import dev.tidegate.proto.v1.Plan;
import dev.tidegate.proto.v1.PlanGuardrail;
import dev.tidegate.server.platform.grpc.WireTime;
import dev.tidegate.server.stats.GatePlan;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;

/** Plans as messages. */
final class PlanProtoMapper {
    private PlanProtoMapper() {}

    static Plan plan(Rollout rollout) {
        RolloutPlan plan = rollout.plan();
        Plan.Builder message =
                Plan.newBuilder()
                        .setName(plan.name())
                        .setDigest(rollout.planDigest())
                        .setAlpha(plan.alpha())
                        .setBeta(plan.beta())
                        .setCheaper(plan.cheaper());
        plan.steps().forEach(step -> message.addSteps(step(step)));
        message.addSteps(end(plan));
        GatePlan gate = plan.gatePlan();
        for (int i = 0; i < plan.guardrails().size(); i++) {
            message.addGuardrails(guardrail(plan.guardrails().get(i), gate.alphaOf(i)));
        }
        return message.build();
    }

    private static dev.tidegate.proto.v1.PlanStep end(RolloutPlan plan) {
        dev.tidegate.proto.v1.PlanStep.Builder end = dev.tidegate.proto.v1.PlanStep.newBuilder();
        return switch (plan.end()) {
            case PROMOTE -> end.setWeight(1).setPromote(true).build();
            case PROMOTE_WHEN_APPROVED ->
                    end.setWeight(1).setPromote(true).setApproval(true).build();
            case HOLD ->
                    end.setWeight(plan.steps().getLast().ramp().weight()).setHold(true).build();
        };
    }

    private static dev.tidegate.proto.v1.PlanStep step(PlanStep step) {
        return dev.tidegate.proto.v1.PlanStep.newBuilder()
                .setWeight(step.ramp().weight())
                .setMinimumTime(WireTime.of(step.ramp().minimumTime()))
                .setMinimumUnits(step.ramp().minimumUnits())
                .setApproval(step.approval())
                .build();
    }

    private static PlanGuardrail guardrail(Guardrail guardrail, double alpha) {
        PlanGuardrail.Builder message =
                PlanGuardrail.newBuilder()
                        .setName(guardrail.name())
                        .setTolerance(guardrail.tolerance().absolute())
                        .setAlpha(alpha);
        switch (guardrail.kind()) {
            case GuardrailKind.Errors() -> message.setMetric("errors");
            case GuardrailKind.Slow slow ->
                    message.setMetric("slow")
                            .setQuantile(slow.quantile())
                            .setMargin(WireTime.of(slow.margin()));
        }
        return message.build();
    }
}
