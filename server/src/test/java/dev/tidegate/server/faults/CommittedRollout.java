package dev.tidegate.server.faults;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A rollout as the database has it while no server runs.
 *
 * @param epoch the newest route
 */
record CommittedRollout(String state, int step, long epoch, Instant stepEnteredAt) {

    static CommittedRollout read(Handle handle, String id) {
        return handle.createQuery(
                        "select state, step, step_entered_at, (select max(epoch) from route) as epoch"
                                + " from rollout where id = cast(:id as uuid)")
                .bind("id", id)
                .map(
                        (row, context) ->
                                new CommittedRollout(
                                        row.getString("state"),
                                        row.getInt("step"),
                                        row.getLong("epoch"),
                                        row.getTimestamp("step_entered_at").toInstant()))
                .one();
    }
}
