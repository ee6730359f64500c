package dev.tidegate.server.rollout;

import dev.tidegate.server.rollout.RolloutFold.EpochStart;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps where in the fold each route epoch began. */
@Singleton
final class EpochTable {

    void insert(Handle tx, UUID rollout, EpochStart start) {
        tx.createUpdate(
                        "insert into rollout_epoch (rollout_id, epoch, weight, begins_after)"
                                + " values (:rollout, :epoch, :weight, :after)")
                .bind("rollout", rollout)
                .bind("epoch", start.epoch())
                .bind("weight", start.weight())
                .bind("after", start.beginsAfter())
                .execute();
    }

    List<EpochStart> of(Handle handle, UUID rollout) {
        return handle.createQuery(
                        "select * from rollout_epoch where rollout_id = :rollout order by epoch")
                .bind("rollout", rollout)
                .map(
                        (row, context) ->
                                new EpochStart(
                                        row.getLong("epoch"),
                                        row.getDouble("weight"),
                                        row.getLong("begins_after")))
                .list();
    }
}
