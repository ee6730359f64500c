package dev.tidegate.server.routing;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Sets fallbacks, each with its audit event. Revisions are committed in their order, under the lock
 * of routes, so that who has seen one has seen all before it.
 */
@Singleton
public final class FallbackWriter {
    private final Database database;
    private final FallbackTable table;
    private final FallbackRungs rungs;
    private final RouteWriter routes;
    private final FallbackFollower follower;
    private final RequestsDone done;
    private final AuditTrail audit;

    FallbackWriter(
            Database database,
            FallbackTable table,
            FallbackRungs rungs,
            RouteWriter routes,
            FallbackFollower follower,
            RequestsDone done,
            AuditTrail audit) {
        this.database = database;
        this.table = table;
        this.rungs = rungs;
        this.routes = routes;
        this.follower = follower;
        this.done = done;
        this.audit = audit;
    }

    /** Sets what stands in for a model's champion, in place of what did. */
    public void set(NewFallback fallback, Principal principal) {
        if (fallback.hasRungs()) {
            rungs.requireFit(champion(fallback.model()), fallback);
        }
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        principal.id(),
                                        "SetFallback",
                                        fallback.requestId(),
                                        fallback.toString()),
                                () -> write(tx, fallback, principal)));
        follower.follow();
    }

    private long champion(String model) {
        return database.read(
                        handle ->
                                handle.createQuery(
                                                "select r.champion_id from route r join model m on m.id = r.model_id"
                                                        + " where m.name = :model order by r.epoch desc limit 1")
                                        .bind("model", model)
                                        .mapTo(Long.class)
                                        .findOne())
                .orElseThrow(
                        () ->
                                TidegateException.precondition(
                                        "model '%s' has no champion that a ladder could stand in for"
                                                .formatted(Excerpt.of(model))));
    }

    private byte[] write(Handle tx, NewFallback fallback, Principal principal) {
        long modelId =
                table.lock(tx, fallback.model())
                        .orElseThrow(
                                () ->
                                        TidegateException.notFound(
                                                "model '%s' is unknown"
                                                        .formatted(Excerpt.of(fallback.model()))));
        requireSeen(tx, modelId, fallback);
        routes.lock(tx);
        long revision =
                table.insert(
                        tx,
                        modelId,
                        versionId(tx, modelId, fallback),
                        fallback.rules(),
                        principal.name());
        audit.append(
                tx,
                new AuditEvent(
                        principal.name(),
                        "fallback.set",
                        "model/" + fallback.model(),
                        Map.of(
                                "revision",
                                revision,
                                "version",
                                fallback.version(),
                                "rules",
                                fallback.rules())));
        return new byte[0];
    }

    private void requireSeen(Handle tx, long modelId, NewFallback fallback) {
        long expected = fallback.expectedRevision();
        if (expected == NewFallback.NONE_YET) {
            table.status(tx, fallback.model())
                    .ifPresent(status -> refuse(fallback, status.revision(), "none"));
        } else if (expected != 0 && expected != table.revision(tx, modelId)) {
            refuse(fallback, table.revision(tx, modelId), Long.toString(expected));
        }
    }

    private static void refuse(NewFallback fallback, long revision, String expected) {
        throw TidegateException.conflict(
                "the ladder of model '%s' is at revision %d, expected %s; look again"
                        .formatted(fallback.model(), revision, expected));
    }

    private OptionalLong versionId(Handle tx, long modelId, NewFallback fallback) {
        if (fallback.version().isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<Long> id = table.versionId(tx, modelId, fallback.version());
        return OptionalLong.of(
                id.orElseThrow(
                        () ->
                                TidegateException.notFound(
                                        "version '%s' of model '%s' is unknown"
                                                .formatted(
                                                        Excerpt.of(fallback.version()),
                                                        fallback.model()))));
    }

    /** Returns what stands in for a model's champion. */
    public Optional<FallbackStatus> status(String model) {
        return database.read(handle -> table.status(handle, model));
    }
}
