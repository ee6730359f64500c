package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed again and again in the middle of a rollout under load: at random moments, in
 * the middle of a COPY, and in the middle of a step change and of its commit.
 *
 * <p>{@code -Dtest.kills} says how often, {@code -Dtest.kill-seed} when.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("test.kills", 3);
    private static final long SEED = Long.getLong("test.kill-seed", 20_261_121L);
    private static final int MOST_WAIT_MILLIS = 4000;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String CONFIG =
            """
            tidegate:
              rollout:
                warm-up: 0s
                baseline-requests: 50
                four-eyes: false
            """;

    private static final String RAILS =
            """
              - { promote: true, approval: true }
            guardrails:
              - { name: errors, metric: errors, tolerance: 0.2 }
              - { name: slow p95, metric: slow, quantile: 0.95, margin: 10s, tolerance: 0.3 }
            """;
    private static final Set<Status.Code> OVERTAKEN =
            Set.of(
                    Status.Code.ABORTED,
                    Status.Code.FAILED_PRECONDITION,
                    Status.Code.DEADLINE_EXCEEDED);

    @TempDir Path home;
    private final Random random = new Random(SEED);
    private String config = "";
    private KillLedger ledger;
    private ServerProcess server;
    private String rollout = "";

    @BeforeEach
    void start() throws IOException {
        config = Files.writeString(home.resolve("config.yaml"), CONFIG).toString();
        ledger = new KillLedger(home);
        server = ServerProcess.start(home, "--config", config);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void losesNothingThatWasAnsweredAndGoesOnWhereItWas() throws Exception {
        control().register("1", TestGraph.plus(1), "champion");
        control().register("2", TestGraph.plus(2));
        try (Load load = new Load(server.channel())) {
            rollout = control().start("2", plan()).getId();
            reachStep(0);
            for (int i = 0; i < KILLS; i++) {
                killAndGoOn(KillPoint.ofKill(i), load);
            }
            reachStep(now().getStep() + 1);
            load.stop();
            assertThat(control().verifyAudit().getValid()).isTrue();
            ledger.recount();
            ledger.verify(database(), load);
        }
    }

    /** A step for each step change that is killed, the one to begin with, and some to end with. */
    private static String plan() {
        int steps =
                3
                        + (int)
                                IntStream.range(0, KILLS)
                                        .filter(i -> KillPoint.ofKill(i).isStepChange())
                                        .count();
        StringBuilder plan = new StringBuilder("name: long\nsteps:\n");
        for (int i = 0; i < steps; i++) {
            plan.append(
                    "  - { weight: %s, minimum-units: 20, approval: %s }%n"
                            .formatted(0.1 + 0.4 * i / steps, i > 0));
        }
        return plan.append(RAILS).toString();
    }

    private void killAndGoOn(KillPoint point, Load load) throws Exception {
        int step = now().getStep();
        CommittedRollout left;
        try (DatabaseTrap trap = new DatabaseTrap(server.storage())) {
            waitFor(point, trap);
            server.kill();
            trap.release();
            left = database().withHandle(handle -> CommittedRollout.read(handle, rollout));
        }
        ledger.recount();
        switch (point) {
            case ROUTE_COMMIT ->
                    assertThat(left.step()).as("the step is committed").isEqualTo(step + 1);
            case ROUTE_WRITE -> assertThat(left.step()).as("nothing is half done").isEqualTo(step);
            case RANDOM, COPY -> assertThat(left.step()).isGreaterThanOrEqualTo(step);
        }
        server = ServerProcess.start(home, "--config", config);
        load.redirect(server.channel());
        goesOnFrom(left);
    }

    private void waitFor(KillPoint point, DatabaseTrap trap) throws InterruptedException {
        switch (point) {
            case RANDOM -> Thread.sleep(random.nextInt(MOST_WAIT_MILLIS));
            case COPY -> trap.catchBlock();
            case ROUTE_WRITE -> catchStepChange(trap);
            case ROUTE_COMMIT -> {
                catchStepChange(trap);
                trap.letCommitButNotAnswer();
            }
        }
    }

    private void catchStepChange(DatabaseTrap trap) {
        trap.holdRoutes();
        approveUntil(trap::hasCaughtRoute);
    }

    private void goesOnFrom(CommittedRollout left) {
        Rollout after = now();
        assertThat(after.getState()).isIn("RUNNING", "AWAITING_APPROVAL");
        assertThat(after.getStep()).isGreaterThanOrEqualTo(left.step());
        assertThat(after.getRouteEpoch()).isGreaterThanOrEqualTo(left.epoch());
        if (after.getStep() == left.step()) {
            assertThat(after.getRouteEpoch()).isEqualTo(left.epoch());
            assertThat(time(after)).isEqualTo(left.stepEnteredAt());
        }
    }

    private static Instant time(Rollout rollout) {
        return Instant.ofEpochSecond(
                rollout.getStepEnteredAt().getSeconds(), rollout.getStepEnteredAt().getNanos());
    }

    private void reachStep(int step) {
        approveUntil(() -> now().getStep() >= step);
    }

    /** Gives each approval that the rollout asks for. */
    private void approveUntil(Callable<Boolean> reached) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsMatching(KillTest::isOvertaken)
                .until(
                        () -> {
                            if (reached.call()) {
                                return true;
                            }
                            control().approveWhenAsked(rollout);
                            return false;
                        });
    }

    /** The evidence has moved on between the look and the approval, or the trap holds the row. */
    private static boolean isOvertaken(Throwable failure) {
        return failure instanceof StatusRuntimeException status
                && OVERTAKEN.contains(status.getStatus().getCode());
    }

    private Rollout now() {
        return control().rollout(rollout);
    }

    private ControlClient control() {
        return new ControlClient(server);
    }

    private Jdbi database() throws IOException {
        StorageLocation storage = server.storage();
        return Jdbi.create(storage.url(), storage.username(), String.valueOf(storage.password()));
    }
}
