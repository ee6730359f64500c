package dev.tidegate.server.predictionlog;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the log keeps of each model's requests, in the database: now, and at any time before. */
@Singleton
final class LogSettingsTable {
    /** Returns the settings in force by the model's id; a model without any keeps everything. */
    Map<Long, LogSettings> inForce(Handle handle) {
        Map<Long, LogSettings> found = new LinkedHashMap<>();
        handle.createQuery(
                        "select distinct on (model_id) * from prediction_log_setting"
                                + " order by model_id, id desc")
                .map((row, context) -> Map.entry(row.getLong("model_id"), row(row).settings()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    LogSettingsRow newest(Handle handle, long modelId) {
        return history(handle, modelId, 1).stream().findFirst().orElse(LogSettingsRow.NONE);
    }

    /** Returns a model's newest settings, newest first. */
    List<LogSettingsRow> history(Handle handle, long modelId, int limit) {
        return handle.createQuery(
                        "select * from prediction_log_setting where model_id = :model"
                                + " order by id desc limit :limit")
                .bind("model", modelId)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    private static LogSettingsRow row(ResultSet row) throws SQLException {
        return new LogSettingsRow(
                row.getLong("id"),
                new LogSettings(
                        List.of((String[]) row.getArray("redacted").getArray()),
                        row.getDouble("sample")),
                row.getTimestamp("set_at").toInstant());
    }

    void insert(Handle tx, long modelId, LogSettings settings, String principal) {
        tx.createUpdate(
                        "insert into prediction_log_setting (model_id, redacted, sample, set_by)"
                                + " values (:model, :redacted, :sample, :by)")
                .bind("model", modelId)
                .bindArray("redacted", String.class, settings.redacted())
                .bind("sample", settings.sample())
                .bind("by", principal)
                .execute();
    }
}
