package dev.tidegate.server.rollout;

import static dev.tidegate.server.rollout.RolloutHarness.APPROVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderlessRolloutTest {
    @TempDir Path home;
    private RolloutHarness rollouts;
    private UUID id;

    @BeforeEach
    void open() {
        rollouts = new RolloutHarness(home);
        id = rollouts.start();
    }

    @AfterEach
    void close() {
        rollouts.close();
    }

    @Test
    void showsTheLeadersVerdictsWhileThereIsOne() {
        rollouts.reachApproval(id);
        assertThat(verdicts()).containsExactly("SAFE");
        assertThat(approveReason()).isEmpty();
    }

    @Test
    void isInsufficientWithoutALeaderAndSaysSo() {
        rollouts.reachApproval(id);
        withoutLeader();
        assertThat(verdicts()).containsExactly("INSUFFICIENT");
        assertThat(shown().getGuardrails(0).getReason()).startsWith("no_leader");
        assertThat(shown().getReason()).startsWith("no_leader");
        assertThat(shown().getWaitingFor()).isEqualTo("the leader");
        assertThat(shown().getState()).isEqualTo("AWAITING_APPROVAL");
        assertThat(shown().getSnapshot().getVerdictsList()).containsExactly("errors=INSUFFICIENT");
    }

    @Test
    void takesNoApprovalWithoutALeader() {
        rollouts.reachApproval(id);
        EvidenceSnapshot seen = rollouts.snapshot(id);
        withoutLeader();
        assertThat(approveReason()).startsWith("no_leader");
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, seen))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("no_leader");
    }

    @Test
    void isInsufficientUntilANewLeaderHasLooked() {
        rollouts.reachApproval(id);
        rollouts.lead();
        assertThat(shown().getReason()).contains("no_leader", "has just changed", "has not looked");
        rollouts.look(id);
        assertThat(verdicts()).containsExactly("SAFE");
    }

    @Test
    void leavesWhatHasEndedAlone() {
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 60);
        rollouts.look(id);
        withoutLeader();
        assertThat(verdicts()).containsExactly("HARMFUL");
        assertThat(shown().getReason()).startsWith("harmful");
    }

    /** Returns when the database has noticed that the leader's connection is closed. */
    private void withoutLeader() {
        rollouts.loseTheLeader();
        Awaitility.await()
                .until(
                        () ->
                                rollouts.database.read(
                                        handle ->
                                                handle.createQuery(
                                                                "select not exists (select from pg_locks k join pg_database d"
                                                                        + " on d.oid = k.database where k.locktype = 'advisory'"
                                                                        + " and d.datname = current_database())")
                                                        .mapTo(Boolean.class)
                                                        .one()));
    }

    private List<String> verdicts() {
        return shown().getGuardrailsList().stream().map(GuardrailReading::getVerdict).toList();
    }

    private String approveReason() {
        return shown().getActions(0).getReason();
    }

    private dev.tidegate.proto.v1.Rollout shown() {
        return RolloutProtoMapper.rollout(rollouts.view(id));
    }
}
