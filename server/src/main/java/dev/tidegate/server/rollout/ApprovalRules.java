package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.ReadableTime;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which approvals count: of the evidence as it stands, by somebody else, given in time. */
@Singleton
final class ApprovalRules {
    private final RolloutConfig config;
    private final RolloutTable table;
    private final ReadingTable readings;
    private final ApprovalTable approvals;
    private final LeaderWatch leader;

    ApprovalRules(
            RolloutConfig config,
            RolloutTable table,
            ReadingTable readings,
            ApprovalTable approvals,
            LeaderWatch leader) {
        this.config = config;
        this.table = table;
        this.readings = readings;
        this.approvals = approvals;
        this.leader = leader;
    }

    /** Refuses an approval that must not count, saying what stands instead. */
    void check(Handle tx, Rollout rollout, EvidenceSnapshot signed, Principal by) {
        if (approvals.isGiven(tx, rollout.id(), rollout.step() + 1)) {
            throw TidegateException.precondition(
                    "step "
                            + (rollout.step() + 2)
                            + " of rollout "
                            + rollout.id()
                            + " is approved already");
        }
        if (rollout.state() != RolloutState.AWAITING_APPROVAL) {
            throw changed(
                    "rollout "
                            + rollout.id()
                            + " is "
                            + rollout.state()
                            + ", expected AWAITING_APPROVAL; now: "
                            + rollout.reason());
        }
        requireSomebodyElse(rollout, by);
        leader.missing(tx, rollout)
                .ifPresent(
                        why -> {
                            throw changed(why.text());
                        });
        PathPoint shown = shown(tx, rollout, signed);
        requireSame(rollout, signed, shown);
        requireFresh(tx, shown);
        requireStanding(tx, rollout, shown);
    }

    private void requireSomebodyElse(Rollout rollout, Principal by) {
        if (config.fourEyes() && rollout.startedById().equals(by.id())) {
            throw TidegateException.notAllowed(
                    "'"
                            + by.name()
                            + "' started rollout "
                            + rollout.id()
                            + "; somebody else must approve it");
        }
    }

    /**
     * Returns what this server itself showed at the signed position; the signer's word is not
     * asked.
     */
    private PathPoint shown(Handle tx, Rollout rollout, EvidenceSnapshot signed) {
        return readings.point(tx, rollout.id(), signed.foldPosition())
                .orElseThrow(
                        () ->
                                TidegateException.invalid(
                                        "position %d of rollout %s was never shown; sign a snapshot that was"
                                                .formatted(signed.foldPosition(), rollout.id())));
    }

    private static void requireSame(Rollout rollout, EvidenceSnapshot signed, PathPoint shown) {
        if (!signed.planDigest().equals(rollout.planDigest())) {
            throw changed("the plan is not the one that was signed");
        }
        if (shown.step() != rollout.step()) {
            throw changed(
                    "step "
                            + (shown.step() + 1)
                            + " was signed, but step "
                            + (rollout.step() + 1)
                            + " is in force");
        }
        String digest =
                EvidenceSnapshot.digestOf(
                        rollout, shown.foldPosition(), shown.step(), shown.verdicts());
        String own =
                EvidenceSnapshot.digestOf(
                        rollout, signed.foldPosition(), signed.step(), signed.verdicts());
        if (!digest.equals(signed.digest()) && own.equals(signed.digest())) {
            throw changed(
                    "%s was signed at position %d, which is %s now"
                            .formatted(signed.verdicts(), shown.foldPosition(), shown.verdicts()));
        }
        if (!digest.equals(signed.digest())) {
            throw TidegateException.invalid(
                    "the snapshot's digest is '%s', expected that of %s at position %d: %s"
                            .formatted(
                                    signed.digest(),
                                    shown.verdicts(),
                                    shown.foldPosition(),
                                    digest));
        }
    }

    private void requireFresh(Handle tx, PathPoint shown) {
        Instant now =
                tx.createQuery("select clock_timestamp()").mapTo(Timestamp.class).one().toInstant();
        if (Duration.between(shown.at(), now).compareTo(config.approvalValid()) > 0) {
            throw changed(
                    "the signed evidence is of "
                            + ReadableTime.of(shown.at())
                            + ", older than "
                            + ReadableTime.of(config.approvalValid())
                            + "; look again");
        }
    }

    private void requireStanding(Handle tx, Rollout rollout, PathPoint shown) {
        EvidenceSnapshot now =
                readings.newest(tx, rollout)
                        .map(RolloutReading::snapshot)
                        .orElseThrow(() -> changed("there is no evidence to sign"));
        List<String> verdicts = now.verdicts();
        long doubted = table.unsignableThrough(tx, rollout.id());
        if (shown.foldPosition() <= doubted) {
            throw changed(
                    "the evidence up to position %d was in doubt since: expected a signature under newer evidence than that of position %d"
                            .formatted(doubted, shown.foldPosition()));
        }
        if (!verdicts.equals(shown.verdicts())) {
            throw changed(
                    "the evidence has changed since: signed "
                            + shown.verdicts()
                            + " at position "
                            + shown.foldPosition()
                            + ", now "
                            + verdicts
                            + " at position "
                            + now.foldPosition());
        }
    }

    private static TidegateException changed(String message) {
        return new TidegateException(ErrorCode.EVIDENCE_CHANGED, message);
    }
}
