package dev.tidegate.server.routing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A replica and what it said last. */
record ReplicaRow(String name, Followed followed, boolean live, Optional<Instant> at) {
    static ReplicaRow of(ResultSet row) throws SQLException {
        Long[] waiting = (Long[]) row.getArray("waiting_epochs").getArray();
        return new ReplicaRow(
                row.getString("name"),
                new Followed(row.getLong("acknowledged_epoch"), Set.of(waiting)),
                row.getBoolean("live"),
                Optional.ofNullable(row.getTimestamp("acknowledged_at")).map(Timestamp::toInstant));
    }

    /** Returns what it says of the route with that epoch, whatever other routes wait for. */
    RouteStatus.Acknowledged acknowledged(long epoch) {
        boolean waits = followed.waiting().contains(epoch);
        return new RouteStatus.Acknowledged(name, waits ? epoch - 1 : followed.seen(), live, at);
    }
}
