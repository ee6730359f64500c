package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** What people may tell a rollout. */
@Singleton
final class RolloutCommands {
    private final Database database;
    private final RolloutTable table;
    private final ApprovalTable approvals;
    private final ApprovalRules rules;
    private final RolloutMoves moves;
    private final RequestsDone done;

    RolloutCommands(
            Database database,
            RolloutTable table,
            ApprovalTable approvals,
            ApprovalRules rules,
            RolloutMoves moves,
            RequestsDone done) {
        this.database = database;
        this.table = table;
        this.approvals = approvals;
        this.rules = rules;
        this.moves = moves;
        this.done = done;
    }

    /** Signs a snapshot; the leader moves on with its next look if the evidence still says so. */
    void approve(Command command, EvidenceSnapshot snapshot) {
        requireReason(command);
        change(
                command,
                "ApproveRollout",
                (tx, rollout) -> {
                    rules.check(tx, rollout, snapshot, command.by());
                    int next = rollout.step() + 1;
                    approvals.insert(
                            tx, rollout.id(), next, command.by(), command.reason(), snapshot);
                    table.move(
                            tx,
                            rollout,
                            RolloutState.AWAITING_APPROVAL,
                            rollout.step(),
                            "approved by " + command.by().name() + ": " + command.reason(),
                            "the leader");
                    table.mark(tx, rollout.id(), "approval", command.by().name());
                    moves.record(
                            tx,
                            rollout,
                            command.by().name(),
                            "rollout.approved",
                            command.reason(),
                            Map.of(
                                    "step", next,
                                    "position", snapshot.foldPosition(),
                                    "snapshot", snapshot.digest(),
                                    "verdicts", snapshot.verdicts()));
                });
    }

    void hold(Command command) {
        change(
                command,
                "HoldRollout",
                (tx, rollout) -> {
                    if (rollout.state() == RolloutState.HOLDING) {
                        return;
                    }
                    moves.hold(tx, rollout, said(command, "held"), command.by().name());
                });
    }

    void resume(Command command) {
        change(
                command,
                "ResumeRollout",
                (tx, rollout) -> {
                    if (rollout.state() != RolloutState.HOLDING) {
                        throw TidegateException.precondition(
                                "rollout "
                                        + rollout.id()
                                        + " is "
                                        + rollout.state()
                                        + ", expected HOLDING");
                    }
                    moves.resume(tx, rollout, said(command, "resumed"), command.by().name());
                });
    }

    void rollBack(Command command) {
        requireReason(command);
        change(
                command,
                "RollBackRollout",
                (tx, rollout) ->
                        moves.rollBack(
                                tx, rollout, said(command, "rolled back"), command.by().name()));
    }

    private void change(Command command, String method, BiConsumer<Handle, Rollout> move) {
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        command.by().id(),
                                        method,
                                        command.requestId(),
                                        command.rollout() + "\n" + command.reason()),
                                () -> {
                                    Rollout rollout = table.lock(tx, command.rollout());
                                    requireOpen(rollout, command.expectedRevision());
                                    move.accept(tx, rollout);
                                    tx.execute("notify rollout");
                                    return rollout.id()
                                            .toString()
                                            .getBytes(StandardCharsets.US_ASCII);
                                }));
    }

    private static void requireOpen(Rollout rollout, long expectedRevision) {
        if (rollout.state().hasEnded()) {
            throw TidegateException.precondition(
                    "rollout "
                            + rollout.id()
                            + " has ended: "
                            + rollout.state()
                            + ", "
                            + rollout.reason());
        }
        if (expectedRevision != 0 && expectedRevision != rollout.revision()) {
            throw TidegateException.conflict(
                    "rollout "
                            + rollout.id()
                            + " is at revision "
                            + rollout.revision()
                            + ", the command expected "
                            + expectedRevision
                            + "; look again");
        }
    }

    private static void requireReason(Command command) {
        if (command.reason().isBlank()) {
            throw TidegateException.invalid("a reason is missing; it is kept in the audit trail");
        }
    }

    private static String said(Command command, String what) {
        return what
                + " by "
                + command.by().name()
                + (command.reason().isBlank() ? "" : ": " + command.reason());
    }

    /**
     * A person's word.
     *
     * @param requestId repeats of it change nothing; empty: no such promise
     * @param expectedRevision 0 for any
     */
    record Command(
            UUID rollout, Principal by, String reason, String requestId, long expectedRevision) {}
}
