package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.JournalOffsets;
import dev.tidegate.server.journal.JournalReaderName;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The hot window of what was asked and answered; a fraction of a second behind the replies. */
@Singleton
public final class PredictionLog {
    private static final String SMALL =
            "p.id, p.client_id, p.at, p.arm, p.reason, p.route_epoch, p.outcome, p.error,"
                    + " p.total_micros, p.queue_micros, p.compute_micros, p.unit_hash,"
                    + " coalesce(m.name, p.model_id::text) as model,"
                    + " coalesce(r.version, p.routed_version_id::text) as routed_version,"
                    + " coalesce(a.version, p.answered_version_id::text, '') as answered_version";

    private static final String NAMES =
            " p left join model m on m.id = p.model_id"
                    + " left join model_version r on r.id = p.routed_version_id"
                    + " left join model_version a on a.id = p.answered_version_id"
                    + " order by p.id desc";

    private final Database database;
    private final JournalOffsets offsets;

    PredictionLog(Database database, JournalOffsets offsets) {
        this.database = database;
        this.offsets = offsets;
    }

    /**
     * Returns the entries with an id, newest first, with their messages: one for the server's id,
     * perhaps several for a client's own.
     */
    public List<PredictionEntry> find(String requestId) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select %s, p.request, p.response from (select * from prediction where id = :id"
                                                        .formatted(SMALL)
                                                + " union select * from prediction"
                                                + " where client_id <> '' and client_id = :client)"
                                                + NAMES)
                                .bind("id", asUuid(requestId).orElse(null))
                                .bind("client", CopyBuffer.withoutZeros(requestId))
                                .map((row, context) -> PredictionEntry.of(row))
                                .list());
    }

    private static Optional<UUID> asUuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /**
     * Returns the newest entries, newest first, without their messages.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    public List<PredictionEntry> list(PredictionFilter filter, int limit) {
        return database.read(
                handle -> {
                    new KnownNames(handle).require(filter);
                    return list(handle, new PredictionQuery(filter), limit);
                });
    }

    private static List<PredictionEntry> list(Handle handle, PredictionQuery query, int limit) {
        return handle.createQuery(
                        "select %s, null::bytea as request, null::bytea as response from"
                                        .formatted(SMALL)
                                + " (select * from prediction where "
                                + query.condition()
                                + " order by id desc limit :limit)"
                                + NAMES)
                .bindMap(query.values())
                .bind("limit", limit)
                .map((row, context) -> PredictionEntry.of(row))
                .list();
    }

    /**
     * Returns how many entries the filter leaves.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with kind not found when the
     *     filter names what is unknown
     */
    public long count(PredictionFilter filter) {
        return database.read(
                handle -> {
                    new KnownNames(handle).require(filter);
                    return count(handle, new PredictionQuery(filter));
                });
    }

    private static long count(Handle handle, PredictionQuery query) {
        return handle.createQuery("select count(*) from prediction where " + query.condition())
                .bindMap(query.values())
                .mapTo(Long.class)
                .one();
    }

    /** Returns the predictions that could not be kept since the first start. */
    public long lost() {
        return database.read(handle -> offsets.lost(handle, JournalReaderName.PREDICTION_LOG));
    }
}
