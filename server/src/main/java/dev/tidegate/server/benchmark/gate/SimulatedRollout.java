package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.rollout.RampDecision;
import dev.tidegate.server.rollout.RampStep;
import dev.tidegate.server.rollout.StepPolicy;
import dev.tidegate.server.stats.ArmSecond;
import dev.tidegate.server.stats.Gate;
import dev.tidegate.server.stats.GateStanding;
import dev.tidegate.server.stats.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** One rollout through the shipped gate and step policy, looked at every second. */
final class SimulatedRollout {
    private static final int ERRORS = 0; // the first guardrail of every plan here

    private final Scenario scenario;
    private final int run;
    private final Traffic traffic;
    private final Gate gate;
    private final RepeatedZTest zTest;
    private final StepPolicy policy = new StepPolicy();
    private int step;
    private int enteredAt;
    private int now;
    private boolean errorsEverSafe;
    private boolean errorsHarmful;

    SimulatedRollout(Scenario scenario, int run, SplittableRandom random) {
        this.scenario = scenario;
        this.run = run;
        this.traffic = new Traffic(scenario, run, random);
        this.gate = new Gate(scenario.plan());
        this.zTest = new RepeatedZTest(scenario.plan());
    }

    RunOutcome run() {
        enter(0);
        while (now < scenario.deadline().toSeconds()) {
            RampDecision decision = second();
            switch (decision) {
                case RampDecision.RollBack back -> {
                    return outcome(true, false);
                }
                case RampDecision.Advance on -> {
                    if (step + 1 == scenario.steps().size()) {
                        return outcome(false, true);
                    }
                    enter(step + 1);
                }
                case RampDecision.Stay stay -> route(now == enteredAt + 1);
            }
        }
        return outcome(false, false);
    }

    private void enter(int next) {
        step = next;
        enteredAt = now;
        gate.beginEpoch(step + 1, present().weight());
        route(next == 0 || !scenario.world().disturbed());
    }

    private void route(boolean alsoSecond) {
        traffic.route(step + 1, present().weight(), alsoSecond);
    }

    private RampStep present() {
        return scenario.steps().get(step);
    }

    private RampDecision second() {
        List<ArmSecond> late = traffic.lateRows();
        if (!late.isEmpty()) {
            gate.fold(late);
        }
        List<ArmSecond> rows = traffic.nextSecond();
        gate.fold(rows);
        zTest.look(rows);
        now++;
        GateStanding standing = gate.standing(List.of());
        errorsHarmful = standing.verdicts().get(ERRORS) == Verdict.HARMFUL;
        errorsEverSafe = errorsEverSafe || standing.verdicts().get(ERRORS) == Verdict.SAFE;
        return policy.decide(present(), Duration.ofSeconds(now - enteredAt), standing);
    }

    private RunOutcome outcome(boolean rolledBack, boolean promoted) {
        return new RunOutcome(
                scenario.world().errorRate(run),
                rolledBack,
                errorsHarmful,
                promoted,
                errorsEverSafe,
                zTest.hasFired(),
                now,
                traffic.requests());
    }
}
