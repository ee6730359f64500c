package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A rollout that gives version 2 half of the units and goes on for as long as it is measured. */
final class RunningRollout {
    /** Half of the units for a day, and guardrails that a busy machine does not trip. */
    private static final String PLAN =
            """
            name: benchmark
            steps:
              - { weight: 50%, minimum-time: 24h, minimum-units: 1000000000 }
              - { promote: true, approval: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.01 }
              - { name: slow p95, metric: slow, quantile: 0.95, margin: 1s, tolerance: 0.05 }
            """;

    /** The candidate gets its half once the champion's latency is known. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration TURN = Duration.ofSeconds(10);

    /** Of the answers since the candidate has its half, percent. */
    private static final double LEAST_SHARE = 45;

    private final TidegateSubject tidegate;
    private ServerCounts before = new ServerCounts(List.of());

    private RunningRollout(TidegateSubject tidegate) {
        this.tidegate = tidegate;
    }

    /** Starts it and asks the server until the candidate has its half. */
    static RunningRollout start(
            TidegateSubject tidegate, BenchFolder folder, LoadClient client, PrintStream out)
            throws IOException, InterruptedException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        tidegate.ask(
                "rollout",
                "start",
                FixedRequestProtoMapper.MODEL,
                "--candidate",
                "2",
                "--plan",
                plan.toString());
        RunningRollout rollout = new RunningRollout(tidegate);
        rollout.awaitCandidate(client);
        out.println("the candidate has " + rollout.weight() + " of the units");
        return rollout;
    }

    private void awaitCandidate(LoadClient client) throws InterruptedException {
        Duration spent = Duration.ZERO;
        while (weight() == 0) {
            if (spent.compareTo(PATIENCE) > 0) {
                throw new IllegalStateException(
                        "the rollout's candidate got no traffic within %d s"
                                .formatted(PATIENCE.toSeconds()));
            }
            client.load(tidegate.grpc(), Load.atOnce(16, TURN));
            spent = spent.plus(TURN);
        }
        tidegate.settle();
        before = tidegate.counts();
    }

    /** Refuses figures of a rollout that has ended, or that stood still for a while. */
    void requireRunning() {
        if (weight() == 0) {
            throw new IllegalStateException("the rollout ended while it was measured");
        }
        ServerCounts now = tidegate.counts();
        double candidate = now.answeredBy("2") - before.answeredBy("2");
        double share = 100 * candidate / (now.answered() - before.answered());
        if (!(share >= LEAST_SHARE)) {
            throw new IllegalStateException(
                    "the candidate answered %.1f %% while it was measured, expected half"
                            .formatted(share));
        }
    }

    /** Returns the candidate's share of the units now. */
    private double weight() {
        for (JsonNode arm :
                tidegate.ask("route", "show", FixedRequestProtoMapper.MODEL).path("arms")) {
            if (arm.path("role").asText().equals("candidate")) {
                return arm.path("weight").asDouble();
            }
        }
        return 0;
    }
}
