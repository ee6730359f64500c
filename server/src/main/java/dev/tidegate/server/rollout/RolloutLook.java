package dev.tidegate.server.rollout;

import dev.tidegate.server.evidence.EvidenceFeed;
import dev.tidegate.server.evidence.FoldRow;
import dev.tidegate.server.evidence.MissingEvidence;
import dev.tidegate.server.rollout.RolloutFold.EpochStart;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.SlowThreshold;
import dev.tidegate.server.stats.GateReading;
import dev.tidegate.server.stats.GateStanding;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One look at one rollout: fold what is new, judge, keep what was read, move when it is time. */
@Singleton
final class RolloutLook {
    private static final String SYSTEM = "tidegate";

    private final RolloutConfig config;
    private final EvidenceFeed feed;
    private final MissingEvidence missing;
    private final RouteReader routes;
    private final EpochTable epochs;
    private final ReadingTable readings;
    private final ApprovalTable approvals;
    private final RolloutTable table;
    private final RolloutMoves moves;
    private final Baseline baseline;
    private final StepPolicy policy = new StepPolicy();

    RolloutLook(
            RolloutConfig config,
            EvidenceFeed feed,
            MissingEvidence missing,
            RouteReader routes,
            EpochTable epochs,
            ReadingTable readings,
            ApprovalTable approvals,
            RolloutTable table,
            RolloutMoves moves,
            Baseline baseline) {
        this.config = config;
        this.feed = feed;
        this.missing = missing;
        this.routes = routes;
        this.epochs = epochs;
        this.readings = readings;
        this.approvals = approvals;
        this.table = table;
        this.moves = moves;
        this.baseline = baseline;
    }

    RolloutFold restore(Handle tx, Rollout rollout) {
        FoldReplay replay = new FoldReplay(rollout.plan(), epochs.of(tx, rollout.id()));
        feed.replay(tx, rollout.id(), replay::add);
        return replay.finished();
    }

    void take(Handle tx, Rollout rollout, RolloutFold fold) {
        if (rollout.step() == Rollout.WATCHING) {
            watch(tx, rollout, fold);
            return;
        }
        Instant now = now(tx);
        boolean news = foldNews(tx, rollout, fold);
        List<Insufficiency> outside = outside(tx, now);
        GateStanding standing = fold.standing(outside);
        GateReading reading = fold.read(outside);
        readings.write(tx, rollout, fold.position(), now, reading);
        if (news) {
            readings.append(tx, rollout.id(), PathPoint.of(rollout, now, fold.position(), reading));
        }
        decide(tx, rollout, fold, standing, now);
    }

    private void watch(Handle tx, Rollout rollout, RolloutFold fold) {
        if (rollout.state() != RolloutState.RUNNING) {
            return;
        }
        Optional<List<SlowThreshold>> thresholds = baseline.freeze(tx, rollout);
        if (thresholds.isEmpty()) {
            table.note(tx, rollout, baseline.missing(tx, rollout), "the champion's latency");
            return;
        }
        enter(tx, rollout, fold, 0, thresholds.get(), known(thresholds.get()));
    }

    private static String known(List<SlowThreshold> thresholds) {
        return thresholds.isEmpty()
                ? "the plan asks for no latency"
                : "the champion's latency is known";
    }

    private boolean foldNews(Handle tx, Rollout rollout, RolloutFold fold) {
        Optional<Instant> closed = feed.closedThrough(tx);
        if (closed.isEmpty()) {
            return false;
        }
        List<FoldRow> rows =
                feed.place(tx, rollout.id(), closed.get(), fold.position(), fold.newest());
        fold.fold(rows);
        return !rows.isEmpty();
    }

    private List<Insufficiency> outside(Handle tx, Instant now) {
        List<Insufficiency> reasons = new ArrayList<>();
        List<String> stale = feed.stale(tx, config.staleAfter());
        if (!stale.isEmpty()) {
            reasons.add(
                    new Insufficiency(
                            "stale_replica", "no evidence from " + String.join(", ", stale)));
        }
        reasons.addAll(missing.reasons(tx, now, config.lossCounts()));
        return reasons;
    }

    private void decide(
            Handle tx, Rollout rollout, RolloutFold fold, GateStanding standing, Instant now) {
        RampStep step = rollout.plan().steps().get(rollout.step()).ramp();
        Duration elapsed = Duration.between(rollout.stepEnteredAt(), now);
        switch (policy.decide(step, elapsed, standing)) {
            case RampDecision.RollBack(String reason) ->
                    moves.rollBack(tx, rollout, reason, SYSTEM);
            case RampDecision.Stay stay -> stay(tx, rollout, fold.position(), stay);
            case RampDecision.Advance(String reason) -> advance(tx, rollout, fold, reason);
        }
    }

    private void stay(Handle tx, Rollout rollout, long position, RampDecision.Stay stay) {
        String waitingFor = WaitingWords.of(stay.waitingFor());
        if (rollout.state() == RolloutState.AWAITING_APPROVAL) {
            moves.withdraw(tx, rollout, position, stay.reason(), waitingFor);
        } else if (rollout.state() == RolloutState.RUNNING) {
            table.note(tx, rollout, stay.reason(), waitingFor);
        }
    }

    private void advance(Handle tx, Rollout rollout, RolloutFold fold, String reason) {
        if (rollout.state() == RolloutState.HOLDING) {
            return;
        }
        if (rollout.plan().holdsAt(rollout.step())) {
            table.note(
                    tx,
                    rollout,
                    reason + "; the plan stays at " + Shares.percent(rollout.weight()),
                    "");
            return;
        }
        boolean approved =
                !rollout.plan().needsApprovalAfter(rollout.step())
                        || approvals.isGiven(tx, rollout.id(), rollout.step() + 1);
        if (!approved) {
            if (rollout.state() == RolloutState.RUNNING) {
                moves.awaitApproval(tx, rollout, reason);
            }
        } else if (rollout.plan().isLast(rollout.step())) {
            moves.promote(tx, rollout, reason, SYSTEM);
        } else {
            List<SlowThreshold> slow =
                    routes.current(tx, rollout.modelId())
                            .map(RouteSnapshot::slow)
                            .orElse(List.of());
            enter(tx, rollout, fold, rollout.step() + 1, slow, reason);
        }
    }

    private void enter(
            Handle tx,
            Rollout rollout,
            RolloutFold fold,
            int step,
            List<SlowThreshold> slow,
            String why) {
        long epoch = moves.enterStep(tx, rollout, step, slow, why, SYSTEM);
        EpochStart start =
                new EpochStart(
                        epoch, rollout.plan().steps().get(step).ramp().weight(), fold.position());
        epochs.insert(tx, rollout.id(), start);
        fold.begin(start);
    }

    private static Instant now(Handle tx) {
        return tx.createQuery("select clock_timestamp()").mapTo(Timestamp.class).one().toInstant();
    }
}
