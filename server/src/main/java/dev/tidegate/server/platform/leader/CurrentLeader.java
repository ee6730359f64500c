package dev.tidegate.server.platform.leader;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Says who leads, as any replica can see it: the one that was elected last, as long as somebody
 * holds the election's lock and the elected one's lease lasts.
 */
@Singleton
public final class CurrentLeader {
    private static final String LOCK_IS_HELD =
            "exists (select from pg_locks k where k.locktype = 'advisory' and k.granted"
                    + " and k.database = (select oid from pg_database where datname = current_database())"
                    + " and k.classid::bigint = :high and k.objid::bigint = :low and k.objsubid = 1)";

    /** Returns the leader, or empty while there is none. */
    public Optional<Leader> of(Handle handle) {
        return handle.createQuery(
                        "select p.boot, p.name, l.since from leadership l"
                                + " join replica p on p.boot = l.replica"
                                + " where p.lease_until > clock_timestamp() and "
                                + LOCK_IS_HELD)
                .bind("high", Leadership.LOCK >>> Integer.SIZE)
                .bind("low", Leadership.LOCK & 0xFFFF_FFFFL)
                .map(
                        (row, context) ->
                                new Leader(
                                        row.getObject("boot", UUID.class),
                                        row.getString("name"),
                                        row.getTimestamp("since").toInstant()))
                .findOne();
    }
}
