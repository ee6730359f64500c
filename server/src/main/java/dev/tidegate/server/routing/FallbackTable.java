package dev.tidegate.server.routing;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The rows of fallbacks. */
@Singleton
final class FallbackTable {
    /** Returns the newest fallback of each model whose newest is above the given revision. */
    List<Fallback> newerThan(Handle handle, long revision) {
        return handle.createQuery(
                        "select distinct on (model_id) * from fallback where revision > :revision"
                                + " order by model_id, revision desc")
                .bind("revision", revision)
                .map((row, context) -> fallback(row))
                .list();
    }

    private static Fallback fallback(ResultSet row) throws SQLException {
        long version = row.getLong("version_id");
        OptionalLong versionId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version);
        return new Fallback(
                row.getLong("revision"),
                row.getLong("model_id"),
                versionId,
                row.getString("rules"));
    }

    /** Returns the newest fallback of a model, unless that is none at all. */
    Optional<FallbackStatus> status(Handle handle, String model) {
        return handle.createQuery(
                        "select f.*, v.version from fallback f join model m on m.id = f.model_id"
                                + " left join model_version v on v.id = f.version_id"
                                + " where m.name = :model order by f.revision desc limit 1")
                .bind("model", model)
                .map((row, context) -> status(row))
                .findOne()
                .filter(status -> status.version().isPresent() || !status.rules().isEmpty());
    }

    private static FallbackStatus status(ResultSet row) throws SQLException {
        return new FallbackStatus(
                row.getLong("revision"),
                Optional.ofNullable(row.getString("version")),
                row.getString("rules"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"));
    }

    /**
     * Returns the revision of the newest fallback of a model, also of none at all; 0 before any.
     */
    long revision(Handle handle, long modelId) {
        return handle.createQuery(
                        "select coalesce(max(revision), 0) from fallback where model_id = :model")
                .bind("model", modelId)
                .mapTo(Long.class)
                .one();
    }

    long insert(Handle tx, long modelId, OptionalLong versionId, String rules, String by) {
        return tx.createQuery(
                        "insert into fallback (model_id, version_id, rules, created_by)"
                                + " values (:model, :version, :rules, :by) returning revision")
                .bind("model", modelId)
                .bind("version", versionId.isPresent() ? versionId.getAsLong() : null)
                .bind("rules", rules)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
    }

    Optional<Long> versionId(Handle handle, long modelId, String version) {
        return handle.createQuery(
                        "select id from model_version where model_id = :model and version = :version")
                .bind("model", modelId)
                .bind("version", version)
                .mapTo(Long.class)
                .findOne();
    }

    /** Locks the model's row and returns its id. */
    Optional<Long> lock(Handle tx, String model) {
        return tx.createQuery("select id from model where name = :name for update")
                .bind("name", model)
                .mapTo(Long.class)
                .findOne();
    }
}
