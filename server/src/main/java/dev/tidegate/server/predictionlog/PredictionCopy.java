package dev.tidegate.server.predictionlog;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/** Puts rows into the log in bulk. */
@Singleton
final class PredictionCopy {
    private static final String COLUMNS =
            "id, at, boot, client_id, model_id, routed_version_id, answered_version_id, route_epoch,"
                    + " arm, reason, outcome, in_evidence, unit_hash, total_micros, queue_micros,"
                    + " compute_micros, error, request_size, response_size, request, response,"
                    + " request_sha256, response_sha256";

    /**
     * Inserts rows in binary COPY format.
     *
     * @param staged drop rows whose id is there already; slower, so only after a plain COPY met one
     * @throws RowsRefusedException when the database refuses the rows themselves
     */
    void insert(Handle tx, InputStream rows, boolean staged) {
        if (staged) {
            tx.execute("create temporary table prediction_stage (like prediction) on commit drop");
            copy(tx, "prediction_stage", rows);
            tx.execute(
                    "insert into prediction (%1$s) select %1$s from prediction_stage on conflict do nothing"
                            .formatted(COLUMNS));
        } else {
            copy(tx, "prediction", rows);
        }
    }

    private static void copy(Handle tx, String table, InputStream rows) {
        String statement = "copy %s (%s) from stdin (format binary)".formatted(table, COLUMNS);
        try {
            tx.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(statement, rows, 1 << 16);
        } catch (SQLException e) {
            throw RowsRefusedException.orUnavailable(e);
        } catch (IOException e) {
            throw new UncheckedIOException("rows cannot be read", e);
        }
    }
}
