package dev.tidegate.server.predictionlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A Parquet file of the log.
 *
 * @param path below the folder of the log in the artifact store
 * @param sha256 of its content, 64 lower-case hex digits
 * @param first smallest id
 * @param last largest id
 * @param writtenBy the server whose artifact store got it
 */
record LogFile(
        long id,
        long modelId,
        LogHour hour,
        String path,
        String sha256,
        UUID first,
        UUID last,
        String writtenBy) {
    static final String COLUMNS = "id, model_id, hour, path, sha256, first_id, last_id, written_by";

    static LogFile of(ResultSet row) throws SQLException {
        return new LogFile(
                row.getLong("id"),
                row.getLong("model_id"),
                new LogHour(row.getLong("hour")),
                row.getString("path"),
                row.getString("sha256"),
                row.getObject("first_id", UUID.class),
                row.getObject("last_id", UUID.class),
                row.getString("written_by"));
    }

    /** Returns whether an id lies between the smallest and the largest. */
    boolean spans(UUID id) {
        return IdOrder.compare(first, id) <= 0 && IdOrder.compare(id, last) <= 0;
    }
}
