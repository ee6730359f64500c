package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads and writes approvals. */
@Singleton
final class ApprovalTable {

    void insert(
            Handle tx,
            UUID rollout,
            int step,
            Principal by,
            String reason,
            EvidenceSnapshot snapshot) {
        tx.createUpdate(
                        "insert into rollout_approval (rollout_id, step, principal, principal_id, reason,"
                                + " fold_position, snapshot_digest)"
                                + " values (:rollout, :step, :principal, :id, :reason, :position, :digest)")
                .bind("rollout", rollout)
                .bind("step", step)
                .bind("principal", by.name())
                .bind("id", by.id())
                .bind("reason", reason)
                .bind("position", snapshot.foldPosition())
                .bind("digest", snapshot.digest())
                .execute();
    }

    boolean isGiven(Handle handle, UUID rollout, int step) {
        return handle.createQuery(
                        "select exists (select from rollout_approval where rollout_id = :rollout"
                                + " and step = :step and not void)")
                .bind("rollout", rollout)
                .bind("step", step)
                .mapTo(Boolean.class)
                .one();
    }

    /** Voids what was approved but not entered, because the evidence has changed since. */
    int voidUnused(Handle tx, UUID rollout, int fromStep) {
        return tx.createUpdate(
                        "update rollout_approval set void = true where rollout_id = :rollout"
                                + " and step >= :step and not void")
                .bind("rollout", rollout)
                .bind("step", fromStep)
                .execute();
    }

    List<RolloutApproval> of(Handle handle, UUID rollout) {
        return handle.createQuery(
                        "select * from rollout_approval where rollout_id = :rollout and not void order by step")
                .bind("rollout", rollout)
                .map(
                        (row, context) ->
                                new RolloutApproval(
                                        row.getInt("step"),
                                        row.getString("principal"),
                                        row.getString("reason"),
                                        row.getTimestamp("at").toInstant(),
                                        row.getLong("fold_position")))
                .list();
    }
}
