package dev.tidegate.server.routing;

import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads routes as they were written. */
@Singleton
public final class RouteReader {
    private final Database database;

    public RouteReader(Database database) {
        this.database = database;
    }

    /** Returns the newest route of each model whose epoch is above the given one. */
    List<RouteSnapshot> newerThan(long epoch) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select distinct on (model_id) * from route where epoch > :epoch"
                                                + " order by model_id, epoch desc")
                                .bind("epoch", epoch)
                                .map((row, context) -> new RouteSnapshot(RouteRow.of(row)))
                                .list());
    }

    /** Returns the newest route of a model. */
    public Optional<RouteSnapshot> current(Handle handle, long modelId) {
        return RouteWriter.current(handle, modelId).map(RouteSnapshot::new);
    }

    /** Returns the route with an epoch. */
    public Optional<RouteSnapshot> ofEpoch(Handle handle, long epoch) {
        return handle.createQuery("select * from route where epoch = :epoch")
                .bind("epoch", epoch)
                .map((row, context) -> new RouteSnapshot(RouteRow.of(row)))
                .findOne();
    }

    /** Returns all routes of a rollout, oldest first. */
    public List<RouteSnapshot> ofRollout(Handle handle, UUID rollout) {
        return handle.createQuery("select * from route where rollout_id = :rollout order by epoch")
                .bind("rollout", rollout)
                .map((row, context) -> new RouteSnapshot(RouteRow.of(row)))
                .list();
    }
}
