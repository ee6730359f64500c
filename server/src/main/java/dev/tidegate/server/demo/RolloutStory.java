package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.GrpcRolloutGateway;
import dev.tidegate.server.cli.RolloutPlan;
import dev.tidegate.server.cli.RolloutText;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;

/** Follows rollouts from their start to their end, and tells of each step. */
final class RolloutStory {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final int GLANCES_A_LINE = 20;
    private static final String PLAN = "demo";
    private static final String WAITING = "AWAITING_APPROVAL";

    private final ServerConnection engineer;
    private final Approver approver;
    private final DemoTraffic traffic;
    private final DemoDeadline deadline;
    private final MonotonicClock clock;
    private final Narrator narrator;

    RolloutStory(
            ServerConnection engineer,
            Approver approver,
            DemoTraffic traffic,
            DemoDeadline deadline,
            MonotonicClock clock,
            Narrator narrator) {
        this.engineer = engineer;
        this.approver = approver;
        this.traffic = traffic;
        this.deadline = deadline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Starts the rollout and returns when it has ended. */
    RolloutEnd tell(String candidate) throws InterruptedException {
        GrpcRolloutGateway gateway = new GrpcRolloutGateway(engineer);
        Document rollout = gateway.start(DemoVersion.MODEL, candidate, RolloutPlan.named(PLAN));
        narrator.tell("Rollout %s of %s has started.", rollout.text("id"), candidate);
        StepRecorder steps = new StepRecorder(clock);
        String state = "";
        int glances = 0;
        while (!RolloutText.hasEnded(rollout)) {
            boolean isNewStep = steps.saw(rollout);
            hear(rollout, isNewStep || glances++ % GLANCES_A_LINE == 0, state);
            state = rollout.text("state");
            Thread.sleep(GLANCE);
            rollout = gateway.show(rollout.text("id"));
        }
        steps.saw(rollout);
        narrator.tell("%s: %s", rollout.text("state"), rollout.text("reason"));
        return new RolloutEnd(rollout, steps.finish());
    }

    private void hear(Document rollout, boolean isWorthALine, String stateBefore)
            throws InterruptedException {
        deadline.check(
                "the rollout of %s is %s: %s"
                        .formatted(
                                rollout.text("candidate"),
                                rollout.text("state"),
                                rollout.text("reason")));
        traffic.requireRunning();
        if (isWorthALine) {
            narrator.tell(RolloutText.line(rollout).lines().toList());
        }
        if (rollout.text("state").equals(WAITING)) {
            if (stateBefore.equals(WAITING)) {
                approver.onStillWaiting(rollout);
            } else {
                approver.onWaiting(rollout);
            }
        }
    }
}
