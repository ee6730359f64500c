package dev.tidegate.server.rollout;

import static dev.tidegate.server.rollout.RolloutHarness.APPROVER;
import static dev.tidegate.server.rollout.RolloutHarness.ENGINEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.evidence.EvidenceFeed;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.VersionState;
import dev.tidegate.server.stats.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTest {
    @TempDir Path home;
    @TempDir Path other;
    private RolloutHarness rollouts;

    @BeforeEach
    void open() {
        rollouts = new RolloutHarness(home);
    }

    @AfterEach
    void close() {
        rollouts.close();
    }

    @Test
    void goesThroughItsStepsOnSafeEvidenceAndIsPromotedWhenApproved() {
        UUID id = rollouts.start();
        assertThat(rollouts.look(id).step()).isZero();
        rollouts.traffic(id, 900, 0, 100, 0);
        assertThat(rollouts.look(id).step()).isOne();
        rollouts.traffic(id, 200, 0, 200, 0);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.AWAITING_APPROVAL);
        rollouts.approve(id, APPROVER);
        Rollout ended = rollouts.look(id);
        assertThat(ended.state()).isEqualTo(RolloutState.PROMOTED);
        assertThat(rollouts.route(ended).championId()).isEqualTo(ended.candidateId());
        assertThat(
                        rollouts.context
                                .getBean(ModelRegistry.class)
                                .champion("m")
                                .orElseThrow()
                                .version())
                .isEqualTo("2");
    }

    @Test
    void givesAllTrafficBackWhenTheCandidateFails() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 60);
        Rollout ended = rollouts.look(id);
        assertThat(ended.state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(rollouts.route(ended).candidateId()).isZero();
        assertThat(rollouts.route(ended).championId()).isEqualTo(ended.championId());
    }

    @Test
    void holdsTheStepWhenNoTrafficArrives() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.evidence.emptySecond(0);
        Rollout now = rollouts.look(id);
        assertThat(now.step()).isZero();
        assertThat(now.state()).isEqualTo(RolloutState.RUNNING);
        assertThat(now.reason()).contains("no unit of the champion yet");
        assertThat(rollouts.reading(id).reading().standing().verdicts())
                .containsExactly(Verdict.INSUFFICIENT);
    }

    @Test
    void doesNotJudgeByWhatTheChampionDidBeforeTheFirstStep() {
        UUID id = rollouts.start();
        rollouts.championTraffic(id, 100);
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        assertThat(rollouts.look(id).step()).isOne();
        rollouts.look(id);
        assertThat(rollouts.snapshot(id).foldPosition()).isEqualTo(2);
    }

    @Test
    void doesNotTakeTheEvidenceOfTheStepBefore() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        rollouts.look(id);
        assertThat(rollouts.look(id).step()).isOne();
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.RUNNING);
    }

    @Test
    void isInsufficientWhileEventsAreLost() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        rollouts.evidence.emptySecond(7);
        Rollout now = rollouts.look(id);
        assertThat(now.step()).isZero();
        assertThat(now.reason()).contains("7 events were lost");
    }

    @Test
    void isInsufficientAfterAJournalWasLost() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        rollouts.loseAJournal();
        Rollout now = rollouts.look(id);
        assertThat(now.step()).isZero();
        assertThat(now.reason()).contains("journal of", "gone", "evidence missing");
    }

    @Test
    void listsEveryGapInItsEvidenceAmongItsMarks() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.startedAMinuteAgo();
        rollouts.evidence.emptySecond(7);
        rollouts.evidence.emptySecond(0);
        rollouts.loseAJournal();
        assertThat(rollouts.view(id).marks())
                .filteredOn(mark -> mark.kind().equals("gap"))
                .extracting(RolloutMark::label)
                .hasSize(2)
                .anySatisfy(label -> assertThat(label).startsWith("7 events lost by"))
                .anySatisfy(label -> assertThat(label).contains("journal of", "gone"));
    }

    @Test
    void readsTheSameFromTheStoredRowsAfterAChangeOfLeader() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 5, 100, 1);
        rollouts.look(id);
        rollouts.traffic(id, 90, 2, 80, 3);
        rollouts.look(id);
        RolloutReading before = rollouts.reading(id);
        rollouts.anotherLeader(id);
        rollouts.look(id);
        RolloutReading after = rollouts.reading(id);
        assertThat(after.reading()).isEqualTo(before.reading());
        assertThat(after.snapshot().foldPosition()).isEqualTo(before.snapshot().foldPosition());
    }

    @Test
    void readsTheStoredRowsAFewAtATime() {
        UUID id = rollouts.start();
        rollouts.look(id);
        for (int second = 0; second < 60; second++) {
            rollouts.traffic(id, 9, 0, 1, 0);
        }
        rollouts.look(id);
        List<Long> positions = new ArrayList<>();
        Set<Long> openCursors = new HashSet<>();
        rollouts.database.transaction(
                tx -> {
                    rollouts.context
                            .getBean(EvidenceFeed.class)
                            .replay(
                                    tx,
                                    id,
                                    row -> {
                                        positions.add(row.position());
                                        openCursors.add(cursorsOnEvidence(tx));
                                    });
                    return id;
                });
        assertThat(positions).hasSize(120).isSorted().doesNotHaveDuplicates();
        assertThat(openCursors).containsExactlyInAnyOrder(1L, 0L);
    }

    /** A cursor is open while the database has rows that it was not asked for yet. */
    private static long cursorsOnEvidence(Handle tx) {
        return tx.createQuery("select count(*) from pg_cursors where statement like 'select e.*%'")
                .mapTo(Long.class)
                .one();
    }

    @Test
    void staysWhileAPersonHoldsItButStillFallsBack() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.commands().hold(command(id));
        rollouts.traffic(id, 900, 0, 100, 0);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.HOLDING);
        rollouts.traffic(id, 900, 0, 100, 90);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void rollsBackAtAPersonsWordWithoutStatistics() {
        UUID id = rollouts.start();
        rollouts.look(id);
        assertThat(candidateState()).isEqualTo(VersionState.LIVE);
        rollouts.commands().rollBack(command(id));
        assertThat(rollouts.get(id).state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(candidateState()).isEqualTo(VersionState.STAGED);
        assertThat(rollouts.route(rollouts.get(id)).candidateId()).isZero();
    }

    @Test
    void refusesASecondApprovalOfTheSameStep() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        EvidenceSnapshot seen = rollouts.snapshot(id);
        rollouts.approve(id, APPROVER, seen);
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, seen))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("is approved already");
    }

    @Test
    void refusesAnApprovalAfterTheVerdictChanged() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        EvidenceSnapshot seen = rollouts.snapshot(id);
        rollouts.traffic(id, 200, 0, 100, 40);
        rollouts.look(id);
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, seen))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("has ended: ROLLED_BACK");
    }

    @Test
    void refusesASnapshotWhoseVerdictsDoNotStandAnyMore() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        rollouts.look(id);
        rollouts.traffic(id, 5, 0, 5, 0);
        rollouts.look(id);
        EvidenceSnapshot earlier = rollouts.snapshot(id);
        rollouts.traffic(id, 200, 0, 200, 0);
        rollouts.look(id);
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, earlier))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("signed [errors=KEEP_COLLECTING]")
                .hasMessageContaining("now [errors=SAFE]");
    }

    @Test
    void refusesEvidenceFromBeforeADoubtAlsoWhenTheVerdictIsTheSameAgain() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        EvidenceSnapshot before = rollouts.snapshot(id);
        rollouts.evidence.emptySecond(7);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.RUNNING);
        rollouts.database.transaction(
                tx ->
                        tx.execute(
                                "update evidence_batch set second = second - interval '2 minutes' where lost > 0"));
        rollouts.traffic(id, 10, 0, 10, 0);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.AWAITING_APPROVAL);
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, before))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("in doubt");
        rollouts.approve(id, APPROVER);
        assertThat(rollouts.look(id).state()).isEqualTo(RolloutState.PROMOTED);
    }

    @Test
    void refusesOldEvidenceWhateverTimeTheSignerNames() {
        try (RolloutHarness strict =
                new RolloutHarness(other, Map.of("tidegate.rollout.approval-valid", "1ms"))) {
            UUID id = strict.start();
            strict.reachApproval(id);
            EvidenceSnapshot seen = strict.snapshot(id);
            EvidenceSnapshot freshened =
                    new EvidenceSnapshot(
                            seen.foldPosition(),
                            seen.digest(),
                            seen.planDigest(),
                            seen.step(),
                            seen.verdicts(),
                            seen.at().plusSeconds(3600));
            assertThatThrownBy(() -> strict.approve(id, APPROVER, freshened))
                    .isInstanceOf(TidegateException.class)
                    .hasMessageContaining("older than 1 ms");
        }
    }

    @Test
    void refusesAnApprovalByWhoStartedIt() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        assertThatThrownBy(() -> rollouts.approve(id, ENGINEER))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'eva' started rollout");
    }

    @Test
    void refusesASnapshotThatWasNeverShown() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        EvidenceSnapshot seen = rollouts.snapshot(id);
        assertThatThrownBy(
                        () ->
                                rollouts.approve(
                                        id,
                                        APPROVER,
                                        signed(seen, seen.foldPosition() - 1, seen.digest())))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("was never shown");
        assertThatThrownBy(
                        () ->
                                rollouts.approve(
                                        id,
                                        APPROVER,
                                        signed(seen, seen.foldPosition(), "0".repeat(64))))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("digest");
    }

    @Test
    void saysThatTheEvidenceChangedWhenOtherVerdictsWereSignedAtTheSamePosition() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        EvidenceSnapshot seen = rollouts.snapshot(id);
        List<String> before = seen.verdicts().stream().map(verdict -> verdict + " before").toList();
        EvidenceSnapshot earlier =
                new EvidenceSnapshot(
                        seen.foldPosition(),
                        EvidenceSnapshot.digestOf(
                                rollouts.look(id), seen.foldPosition(), seen.step(), before),
                        seen.planDigest(),
                        seen.step(),
                        before,
                        seen.at());
        assertThatThrownBy(() -> rollouts.approve(id, APPROVER, earlier))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.EVIDENCE_CHANGED));
    }

    private static EvidenceSnapshot signed(EvidenceSnapshot seen, long position, String digest) {
        return new EvidenceSnapshot(
                position, digest, seen.planDigest(), seen.step(), seen.verdicts(), seen.at());
    }

    @Test
    void showsNothingOfTheStepBeforeAsTheNewStepsEvidence() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.traffic(id, 900, 0, 100, 0);
        assertThat(rollouts.look(id).step()).isOne();
        assertThat(rollouts.newest(id)).isEmpty();
        rollouts.look(id);
        assertThat(rollouts.newest(id)).isPresent();
    }

    @Test
    void refusesARequestIdThatComesAgainWithAnotherWish() {
        UUID id = rollouts.start();
        rollouts.look(id);
        rollouts.commands().hold(new RolloutCommands.Command(id, ENGINEER, "freeze", "r9", 0));
        rollouts.commands().hold(new RolloutCommands.Command(id, ENGINEER, "freeze", "r9", 0));
        assertThatThrownBy(
                        () ->
                                rollouts.commands()
                                        .hold(
                                                new RolloutCommands.Command(
                                                        id, ENGINEER, "other", "r9", 0)))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'r9' came before with another HoldRollout");
    }

    @Test
    void refusesTwoRolloutsOfOneModel() {
        rollouts.start();
        rollouts.register("3", TestGraph.plus(3));
        assertThatThrownBy(() -> rollouts.start("3", ENGINEER))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("a model has one rollout at a time");
    }

    @Test
    void refusesACandidateWithAnotherSignature() {
        rollouts.register("1", TestGraph.plus(1), ModelRegistry.CHAMPION);
        rollouts.register("2", TestGraph.add(3));
        assertThatThrownBy(() -> rollouts.start("2", ENGINEER))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("another signature");
    }

    @Test
    void startsOnceForOneRequestId() {
        rollouts.register("1", TestGraph.plus(1), ModelRegistry.CHAMPION);
        rollouts.register("2", TestGraph.plus(2));
        RolloutStarter starter = rollouts.context.getBean(RolloutStarter.class);
        RolloutPlan plan = PlanFormat.parseYaml(RolloutHarness.PLAN);
        UUID first = starter.start("m", "2", plan, ENGINEER, "r1");
        assertThat(starter.start("m", "2", plan, ENGINEER, "r1")).isEqualTo(first);
    }

    @Test
    void refusesAStaleRevision() {
        UUID id = rollouts.start();
        rollouts.look(id);
        RolloutCommands.Command stale =
                new RolloutCommands.Command(id, ENGINEER, "too much", "", 1);
        assertThatThrownBy(() -> rollouts.commands().rollBack(stale))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("revision");
    }

    @Test
    void keepsEveryMoveInTheAuditTrail() {
        UUID id = rollouts.start();
        rollouts.reachApproval(id);
        rollouts.approve(id, APPROVER);
        rollouts.look(id);
        List<String> actions =
                rollouts.database.read(
                        handle ->
                                handle.createQuery(
                                                "select action from audit_event where subject ="
                                                        + " :subject order by sequence")
                                        .bind("subject", "rollout/" + id)
                                        .mapTo(String.class)
                                        .list());
        assertThat(actions)
                .containsExactly(
                        "rollout.started",
                        "rollout.step",
                        "rollout.step",
                        "rollout.awaits_approval",
                        "rollout.approved",
                        "rollout.promoted");
    }

    private VersionState candidateState() {
        return rollouts.context.getBean(ModelRegistry.class).version("m", "2").state();
    }

    private static RolloutCommands.Command command(UUID id) {
        return new RolloutCommands.Command(id, ENGINEER, "to be sure", "", 0);
    }
}
