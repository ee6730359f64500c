package dev.tidegate.workbench.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.v1.Plan;
import dev.tidegate.proto.v1.PlanStep;
import dev.tidegate.workbench.ScriptedRollout;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepLadderTest {
    @Test
    void saysThatAPlanStaysAtItsShare() {
        Rollout rollout =
                RolloutProtoMapper.rollout(
                        new ScriptedRollout(280, "RUNNING")
                                .now().toBuilder()
                                        .setStep(0)
                                        .setPlan(
                                                Plan.newBuilder()
                                                        .addSteps(
                                                                PlanStep.newBuilder()
                                                                        .setWeight(0.1))
                                                        .addSteps(
                                                                PlanStep.newBuilder()
                                                                        .setWeight(0.1)
                                                                        .setHold(true)))
                                        .build());

        assertThat(new StepLadder(rollout).items())
                .extracting(StepItem::title)
                .containsExactly("10 %", "Stay at 10 %");
        assertThat(RolloutActions.of(rollout, Set.of(), Optional.empty()).approve().words())
                .isEqualTo("Approve (the plan stays at 10 %)");
    }
}
