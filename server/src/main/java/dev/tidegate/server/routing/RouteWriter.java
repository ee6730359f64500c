package dev.tidegate.server.routing;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes routes. Epochs are given and committed in one order, over all models. */
@Singleton
public final class RouteWriter {
    private final AuditTrail audit;
    private final SecureRandom random;

    RouteWriter(AuditTrail audit, SecureRandom random) {
        this.audit = audit;
        this.random = random;
    }

    /**
     * Lets no other transaction change a route until this one ends. Whoever writes a route after an
     * audit event takes this lock before it.
     */
    public void lock(Handle tx) {
        tx.execute("lock table route_epoch in exclusive mode");
    }

    /** Writes the route with the next epoch and tells the replicas when the transaction commits. */
    public long write(Handle tx, NewRoute route, String principal) {
        long epoch =
                tx.createQuery("update route_epoch set epoch = epoch + 1 returning epoch")
                        .mapTo(Long.class)
                        .one();
        tx.createUpdate(
                        "insert into route (epoch, model_id, champion_id, candidate_id, weight, salt,"
                                + " rollout_id, slow) values (:epoch, :model, :champion, :candidate, :weight,"
                                + " :salt, :rollout, :slow::jsonb)")
                .bind("epoch", epoch)
                .bind("model", route.modelId())
                .bind("champion", route.championId())
                .bind("candidate", route.candidateId().orElse(null))
                .bind("weight", route.weight())
                .bind("salt", route.salt().bytes())
                .bind("rollout", route.rolloutId().orElse(null))
                .bind("slow", RouteRow.json(route.slow()))
                .execute();
        tx.execute("notify route");
        audit.append(
                tx,
                new AuditEvent(
                        principal,
                        "route.changed",
                        "model/"
                                + name(
                                        tx,
                                        "select name from model where id = :id",
                                        route.modelId()),
                        detail(tx, epoch, route)));
        return epoch;
    }

    /** Gives all traffic to a version; refused while a rollout has the route. */
    public long setChampion(Handle tx, long modelId, long versionId, String principal) {
        lock(tx);
        Optional<RouteRow> current = current(tx, modelId);
        if (current.flatMap(RouteRow::rolloutId).isPresent()) {
            throw TidegateException.precondition(
                    "rollout "
                            + current.flatMap(RouteRow::rolloutId).orElseThrow()
                            + " has the route of this model; end it before the champion is set by hand");
        }
        if (current.isPresent() && current.get().championId() == versionId) {
            return current.get().epoch();
        }
        return write(
                tx, NewRoute.championAlone(modelId, versionId, Salt.random(random)), principal);
    }

    static Optional<RouteRow> current(Handle handle, long modelId) {
        return handle.createQuery(
                        "select * from route where model_id = :model order by epoch desc limit 1")
                .bind("model", modelId)
                .map((row, context) -> RouteRow.of(row))
                .findOne();
    }

    private static Map<String, Object> detail(Handle tx, long epoch, NewRoute route) {
        String version = "select version from model_version where id = :id";
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("epoch", epoch);
        detail.put("champion", name(tx, version, route.championId()));
        route.candidateId().ifPresent(id -> detail.put("candidate", name(tx, version, id)));
        detail.put("weight", route.weight());
        route.rolloutId().ifPresent(id -> detail.put("rollout", id.toString()));
        return detail;
    }

    private static String name(Handle tx, String query, long id) {
        return tx.createQuery(query).bind("id", id).mapTo(String.class).one();
    }
}
