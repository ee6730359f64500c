package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A filter by numbers: on blocks by their summary, on predictions one by one.
 *
 * @param models empty means any
 * @param versions empty means any
 * @param epochs empty means any
 * @param failedOnly whether those that succeeded are left out
 * @param oldest smallest id
 */
record KnownFilter(
        Optional<List<Long>> models,
        Optional<List<Long>> versions,
        Optional<List<Long>> epochs,
        boolean failedOnly,
        UUID oldest) {

    /**
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    static KnownFilter of(Handle handle, PredictionFilter filter) {
        new KnownNames(handle).require(filter);
        return new KnownFilter(
                filter.model()
                        .map(name -> ids(handle, "select id from model where name = ?", name)),
                filter.version()
                        .map(
                                name ->
                                        ids(
                                                handle,
                                                "select id from model_version where version = ?",
                                                name)),
                filter.rollout()
                        .map(id -> ids(handle, "select epoch from route where rollout_id = ?", id)),
                filter.failedOnly(),
                filter.since().map(LogHour::firstIdOf).orElse(new UUID(0, 0)));
    }

    private static List<Long> ids(Handle handle, String query, Object value) {
        return handle.createQuery(query).bind(0, value).mapTo(Long.class).list();
    }

    /** Returns the condition on one kind of a block's predictions. */
    String kinds() {
        return "(not :failed or outcome <> 1)"
                + models.map(ids -> " and model = any(:models)").orElse("")
                + versions.map(ids -> " and version = any(:versions)").orElse("")
                + epochs.map(ids -> " and epoch = any(:epochs)").orElse("");
    }

    /** Returns the condition on a block. */
    String blocks() {
        return "last_id >= :oldest and bucket >= :oldest_bucket"
                + (failedOnly ? " and failures > 0" : "")
                + " and exists (select from unnest(models, versions, epochs, outcomes)"
                + " as kind(model, version, epoch, outcome) where "
                + kinds()
                + ")";
    }

    /** Returns the condition on a row of a model's Parquet file. */
    String rows() {
        return "id >= '%s'".formatted(oldest)
                + (failedOnly ? " and outcome <> 'OK'" : "")
                + versions.map(ids -> " and version_id" + among(ids)).orElse("")
                + epochs.map(ids -> " and epoch" + among(ids)).orElse("");
    }

    private static String among(List<Long> ids) {
        return ids.stream().map(id -> ", " + id).collect(Collectors.joining("", " in (null", ")"));
    }

    Query bind(Query query) {
        query.bind("failed", failedOnly)
                .bind("oldest", oldest)
                .bind("oldest_bucket", LogBucket.of(oldest).number());
        models.ifPresent(ids -> query.bindArray("models", Long.class, ids));
        versions.ifPresent(ids -> query.bindArray("versions", Long.class, ids));
        epochs.ifPresent(ids -> query.bindArray("epochs", Long.class, ids));
        return query;
    }

    boolean accepts(ArmEvent event) {
        return (!failedOnly || !event.outcome().isOk())
                && IdOrder.compare(event.predictionId(), oldest) >= 0
                && has(models, event.modelId())
                && has(versions, event.routedVersionId())
                && has(epochs, event.routeEpoch());
    }

    private static boolean has(Optional<List<Long>> ids, long id) {
        return ids.isEmpty() || ids.get().contains(id);
    }
}
