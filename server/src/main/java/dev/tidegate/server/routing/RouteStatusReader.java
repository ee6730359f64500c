package dev.tidegate.server.routing;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads routes with names and acknowledgements. */
@Singleton
public final class RouteStatusReader {
    private final Database database;

    RouteStatusReader(Database database) {
        this.database = database;
    }

    public RouteStatus status(String model) {
        return database.read(handle -> find(handle, model)).orElseThrow(() -> missing(model));
    }

    /** Returns the newest route of every model that has one. */
    public List<RouteStatus> all() {
        return database.read(
                handle -> {
                    List<ReplicaRow> replicas = replicas(handle);
                    return handle.createQuery(SELECT + " order by m.name")
                            .map((row, context) -> status(row, replicas))
                            .list();
                });
    }

    private static final String SELECT =
            "select m.name as model, r.*, champion.version as champion, candidate.version as candidate"
                    + " from (select distinct on (model_id) * from route order by model_id, epoch desc) r"
                    + " join model m on m.id = r.model_id"
                    + " join model_version champion on champion.id = r.champion_id"
                    + " left join model_version candidate on candidate.id = r.candidate_id";

    private static Optional<RouteStatus> find(Handle handle, String model) {
        List<ReplicaRow> replicas = replicas(handle);
        return handle.createQuery(SELECT + " where m.name = :model")
                .bind("model", model)
                .map((row, context) -> status(row, replicas))
                .findOne();
    }

    private static List<ReplicaRow> replicas(Handle handle) {
        return handle.createQuery(
                        "select name, acknowledged_epoch, waiting_epochs, acknowledged_at,"
                                + " lease_until > clock_timestamp() as live from replica"
                                + " where lease_until > clock_timestamp() - interval '1 hour' order by started_at")
                .map((row, context) -> ReplicaRow.of(row))
                .list();
    }

    private static RouteStatus status(ResultSet row, List<ReplicaRow> replicas)
            throws SQLException {
        long epoch = row.getLong("epoch");
        return new RouteStatus(
                row.getString("model"),
                epoch,
                row.getString("champion"),
                Optional.ofNullable(row.getString("candidate")),
                row.getDouble("weight"),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getObject("rollout_id", UUID.class)),
                replicas.stream().map(replica -> replica.acknowledged(epoch)).toList());
    }

    private static TidegateException missing(String model) {
        return TidegateException.notFound(
                "model '"
                        + model
                        + "' has no route; register a version with --alias champion first");
    }
}
