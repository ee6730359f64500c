package dev.tidegate.workbench.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.workbench.ScriptedRollout;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RolloutViewModelTest {
    private final ScriptedRollout rollout = new ScriptedRollout(280, "AWAITING_APPROVAL");
    private final ReasonDrafts drafts = new ReasonDrafts();
    private ScriptedServer server;
    private TestClient client;
    private RolloutViewModel model;
    private Subscription watching = Subscription.EMPTY;

    @BeforeEach
    void connect() {
        server = new ScriptedServer(0, List.of(rollout.bindService()));
        client = new TestClient(server.port());
        model = watch(ScriptedRollout.ID);
    }

    private RolloutViewModel watch(String id) {
        return client.onScreen(
                () -> {
                    RolloutViewModel watched =
                            new RolloutViewModel(
                                    id,
                                    new GrpcRolloutGateway(client.connection().channel()),
                                    client.streams(),
                                    client.pulse(),
                                    client.screen(),
                                    Clock.systemUTC(),
                                    new ArmColours(),
                                    drafts);
                    watching = watched.start();
                    return watched;
                });
    }

    private void watchAgain() {
        stopWatching();
        model = watch(ScriptedRollout.ID);
    }

    private void stopWatching() {
        client.onScreen(
                () -> {
                    watching.unsubscribe();
                    return watching;
                });
    }

    @AfterEach
    void close() {
        stopWatching();
        client.close();
        server.close();
    }

    private <T> T see(Function<RolloutViewModel, T> property) {
        return client.onScreen(() -> property.apply(model));
    }

    private void act(Consumer<RolloutViewModel> action) {
        client.onScreen(
                () -> {
                    action.accept(model);
                    return model;
                });
    }

    private void waitForTheRollout() {
        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Live);
    }

    private Approval approval() {
        return Objects.requireNonNull(see(watched -> watched.approvalProperty().get()));
    }

    private void waitForPosition(long position) {
        await().until(() -> approval().rollout().snapshot().foldPosition() == position);
    }

    @Test
    void signsTheSnapshotThatTheDialogShows() {
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);

        act(watched -> watched.approve("Errors are fewer than the tolerance"));

        await().until(() -> rollout.approvals().size() == 1);
        ApproveRolloutRequest sent = rollout.approvals().getFirst();
        assertThat(sent.getSnapshot().getFoldPosition()).isEqualTo(280);
        assertThat(sent.getSnapshot().getVerdictsList())
                .containsExactly("errors=SAFE", "slow p95=SAFE");
        assertThat(sent.getReason()).isEqualTo("Errors are fewer than the tolerance");
        assertThat(sent.getMutation().getExpectedRevision()).isEqualTo(9);
        assertThat(sent.getMutation().getRequestId()).isNotEmpty();
        await().until(() -> see(watched -> watched.approvalProperty().get()) == null);
    }

    @Test
    void goesOnWithTheEvidenceWhileItSaysTheSame() {
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);

        rollout.send("SAFE");

        waitForPosition(281);
        assertThat(approval().isChanged()).isFalse();
        assertThat(approval().seen().foldPosition()).isEqualTo(281);
    }

    @Test
    void saysSoWhenTheEvidenceChangedUnderneathAndSignsOnlyAfterItWasSeen() {
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);

        rollout.send("KEEP_COLLECTING");

        waitForPosition(281);
        assertThat(approval().changes()).containsExactly("errors=KEEP_COLLECTING");
        assertThat(approval().seen().foldPosition()).isEqualTo(280);
        act(watched -> watched.approve("Fine"));
        assertThat(rollout.approvals()).isEmpty();

        act(RolloutViewModel::acceptChange);
        act(watched -> watched.approve("Fine"));
        await().until(() -> rollout.approvals().size() == 1);
        assertThat(rollout.approvals().getFirst().getSnapshot().getFoldPosition()).isEqualTo(281);
    }

    @Test
    void doesNotForgetAChangeWhenTheEvidenceComesBack() {
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);
        rollout.send("KEEP_COLLECTING");
        waitForPosition(281);

        rollout.send("SAFE");

        waitForPosition(282);
        assertThat(approval().changes())
                .containsExactly("errors=KEEP_COLLECTING", "and back to what you read");
        act(watched -> watched.approve("Fine"));
        assertThat(rollout.approvals()).isEmpty();
        act(RolloutViewModel::acceptChange);
        assertThat(approval().isChanged()).isFalse();
        assertThat(approval().seen().foldPosition()).isEqualTo(282);
    }

    @Test
    void keepsATypedReasonUntilTheApprovalIsGiven() {
        waitForTheRollout();
        act(watched -> watched.reasonProperty().set("Fewer errors"));
        act(RolloutViewModel::beginApproval);
        act(RolloutViewModel::endApproval);
        RolloutViewModel again = watch(ScriptedRollout.ID);
        assertThat(client.onScreen(() -> again.reasonProperty().get())).isEqualTo("Fewer errors");

        act(RolloutViewModel::beginApproval);
        act(watched -> watched.approve(watched.reasonProperty().get()));

        await().until(() -> see(watched -> watched.reasonProperty().get()).isEmpty());
        assertThat(rollout.approvals().getFirst().getReason()).isEqualTo("Fewer errors");
    }

    @Test
    void showsThePlansGuardrailsBeforeTheyAreRead() {
        waitForTheRollout();
        act(watched -> watched.guardrailProperty().set("slow p95"));
        rollout.readNothing();

        rollout.send("SAFE");

        await().until(
                        () ->
                                see(watched -> watched.feedProperty().get())
                                        .newest()
                                        .filter(
                                                seen ->
                                                        seen.rollout().snapshot().foldPosition()
                                                                == 281)
                                        .isPresent());
        Rollout now = see(watched -> watched.feedProperty().get()).newest().orElseThrow().rollout();
        assertThat(now.guardrails().stream().map(one -> GuardrailRow.of(one, now.plan())))
                .extracting(GuardrailRow::name, GuardrailRow::tolerance, GuardrailRow::origin)
                .containsExactly(
                        tuple("errors", "+1.00 pp", "No evidence yet: 0 units"),
                        tuple("slow p95", "+2.00 pp", "No evidence yet: 0 units"));
        String chosen = see(watched -> watched.guardrailProperty().get());
        assertThat(chosen).isEqualTo("slow p95");
    }

    @Test
    void drawsToleranceAndAxesBeforeAnythingIsRead() {
        rollout.readNothing();
        watchAgain();
        waitForTheRollout();

        EvidenceFrames frames =
                Objects.requireNonNull(see(watched -> watched.evidenceProperty().get()));

        assertThat(frames.band().rules().getFirst().label()).isEqualTo("tolerance +1.00 pp");
        assertThat(frames.band().empty()).isEqualTo("No evidence yet: 0 units");
        assertThat(frames.eProcess().rules()).isEmpty();
    }

    @Test
    void asksForAReason() {
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);

        act(watched -> watched.approve("  "));

        ServiceFailure refusal = see(watched -> watched.refusalProperty().get());
        assertThat(refusal).isInstanceOf(ServiceFailure.Invalid.class);
        assertThat(rollout.approvals()).isEmpty();
    }

    @Test
    void repeatsARefusedApprovalUnderTheSameRequestId() {
        rollout.refuseApprovals();
        waitForTheRollout();
        act(RolloutViewModel::beginApproval);
        act(watched -> watched.approve("Fine"));
        await().until(
                        () ->
                                see(watched -> watched.refusalProperty().get())
                                        instanceof ServiceFailure.Conflict);

        act(watched -> watched.approve("Fine"));

        await().until(() -> rollout.approvals().size() == 2);
        assertThat(rollout.approvals())
                .extracting(sent -> sent.getMutation().getRequestId())
                .containsOnly(rollout.approvals().getFirst().getMutation().getRequestId());
    }

    @Test
    void rollsBackWithoutAskingAnythingMore() {
        waitForTheRollout();

        act(RolloutViewModel::rollBack);

        await().until(() -> rollout.rollBacks().size() == 1);
        await().until(
                        () ->
                                see(watched -> watched.feedProperty().get())
                                        .newest()
                                        .filter(
                                                snapshot ->
                                                        snapshot.rollout()
                                                                .state()
                                                                .equals("ROLLED_BACK"))
                                        .isPresent());
    }

    @Test
    void rollsBackWhileTheServerIsSlowWithAnotherCommand() {
        rollout.leaveHoldsOpen();
        waitForTheRollout();
        act(RolloutViewModel::holdOrResume);
        await().until(() -> rollout.holds().size() == 1);
        RolloutActions meanwhile =
                Objects.requireNonNull(see(watched -> watched.actionsProperty().get()));
        assertThat(meanwhile.hold().busy()).isTrue();
        assertThat(meanwhile.approve().isEnabled()).isFalse();
        assertThat(meanwhile.rollBack().isEnabled()).isTrue();

        act(watched -> watched.approve("Fine"));
        act(RolloutViewModel::rollBack);

        await().until(() -> rollout.rollBacks().size() == 1);
        assertThat(rollout.approvals()).isEmpty();
    }

    @Test
    void namesTargetAndEffectOnTheActionsAndTheReasonOnRefusedOnes() {
        waitForTheRollout();

        RolloutActions actions =
                Objects.requireNonNull(see(watched -> watched.actionsProperty().get()));
        assertThat(actions.rollBack().words()).isEqualTo("Roll back churn to v1 now");
        assertThat(actions.hold().words()).isEqualTo("Hold at 50 %");
        assertThat(actions.approve().words()).isEqualTo("Promote v2 to 100 %");
        assertThat(actions.approve().isEnabled()).isTrue();
    }

    @Test
    void refusesEverythingWithTheReasonWhileTheServerIsGone() {
        waitForTheRollout();

        server.close();

        await().until(() -> see(watched -> watched.feedProperty().get()) instanceof Feed.Stale);
        RolloutActions actions =
                Objects.requireNonNull(see(watched -> watched.actionsProperty().get()));
        assertThat(actions.rollBack().isEnabled()).isFalse();
        assertThat(actions.rollBack().reason()).isEqualTo("Server unreachable");
    }

    @Test
    void stopsWithTheReasonWhenThereIsNoSuchRollout() {
        RolloutViewModel other = watch("nothing");

        await().until(
                        () ->
                                client.onScreen(() -> other.feedProperty().get())
                                        instanceof Feed.Failed);
        assertThat(client.onScreen(() -> other.feedProperty().get()))
                .isEqualTo(new Feed.Failed<>(new ServiceFailure.Missing("No rollout nothing")));
    }

    @Test
    void drawsTheWholePathOfTheEvidence() {
        waitForTheRollout();

        EvidenceFrames frames =
                Objects.requireNonNull(see(watched -> watched.evidenceProperty().get()));
        assertThat(frames.band().bands().getFirst().low().size()).isEqualTo(278);
        assertThat(frames.band().rules().getFirst().label()).isEqualTo("tolerance +1.00 pp");
        assertThat(frames.band().marks())
                .extracting(mark -> mark.label())
                .containsExactly("5 %", "25 %", "50 %");
    }

    @Test
    void placesTheStepsAtTheUnitsThatHadComeByThen() {
        waitForTheRollout();
        act(watched -> watched.overUnitsProperty().set(true));

        EvidenceFrames frames =
                Objects.requireNonNull(see(watched -> watched.evidenceProperty().get()));

        // 15 units a second; the point of the very second is not older than the step
        assertThat(frames.band().marks())
                .extracting(mark -> mark.label(), mark -> mark.x())
                .containsExactly(
                        tuple("5 %", 0.0), tuple("25 %", 59 * 15.0), tuple("50 %", 149 * 15.0));
        assertThat(frames.band().x().column()).isEqualTo("units_of_candidate");
        assertThat(frames.eProcess().lines().getFirst().unit()).isEqualTo("log10");
    }
}
