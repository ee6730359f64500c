package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.JournalOffset;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/** The blocks in the database. */
@Singleton
final class BlockStore {
    private static final String INSERT =
            "insert into prediction_block (bucket, first_id, last_id, boot, to_segment, to_position,"
                    + " events, failures, models, versions, epochs, arms, outcomes, counts, clients,"
                    + " body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * Adds a block.
     *
     * @throws RowsRefusedException when the database refuses the row itself
     */
    void insert(Handle tx, LogBucket bucket, UUID boot, JournalOffset to, PredictionBlock block) {
        Connection connection = tx.getConnection();
        try (PreparedStatement row = connection.prepareStatement(INSERT)) {
            row.setLong(1, bucket.number());
            row.setObject(2, block.first());
            row.setObject(3, block.last());
            row.setObject(4, boot);
            row.setLong(5, to.segment());
            row.setLong(6, to.position());
            summary(row, connection.unwrap(PGConnection.class), block);
            row.setBinaryStream(16, block.body(), block.bytes());
            row.executeUpdate();
        } catch (SQLException e) {
            throw RowsRefusedException.orUnavailable(e);
        }
    }

    private static void summary(PreparedStatement row, PGConnection arrays, PredictionBlock block)
            throws SQLException {
        BlockSummary summary = block.summary();
        row.setInt(7, summary.events());
        row.setInt(8, summary.failures());
        row.setArray(9, arrays.createArrayOf("bigint", summary.models()));
        row.setArray(10, arrays.createArrayOf("bigint", summary.versions()));
        row.setArray(11, arrays.createArrayOf("bigint", summary.epochs()));
        row.setArray(12, arrays.createArrayOf("bigint", summary.arms()));
        row.setArray(13, arrays.createArrayOf("bigint", summary.outcomes()));
        row.setArray(14, arrays.createArrayOf("bigint", summary.counts()));
        long[] clients = block.clients();
        if (clients.length == 0) {
            row.setNull(15, Types.ARRAY);
        } else {
            row.setArray(15, arrays.createArrayOf("bigint", clients));
        }
    }

    /** Returns a boot's blocks of a bucket that reach behind a place in its journal. */
    List<byte[]> bodiesBehind(Handle tx, LogBucket bucket, UUID boot, JournalOffset from) {
        return tx.createQuery(
                        "select body from prediction_block where bucket = :bucket and boot = :boot"
                                + " and (to_segment, to_position) > (:segment, :position)")
                .bind("bucket", bucket.number())
                .bind("boot", boot)
                .bind("segment", from.segment())
                .bind("position", from.position())
                .mapTo(byte[].class)
                .list();
    }

    /** Returns the blocks that may hold an id. */
    List<byte[]> around(Handle handle, UUID id) {
        return handle.createQuery(
                        "select body from prediction_block"
                                + " where bucket = :bucket and last_id >= :id and first_id <= :id")
                .bind("bucket", LogBucket.of(id).number())
                .bind("id", id)
                .mapTo(byte[].class)
                .list();
    }

    /** Returns a block's predictions, unless it was dropped meanwhile. */
    Optional<byte[]> body(Handle handle, BlockKey key) {
        return handle.createQuery(
                        "select body from prediction_block where bucket = :bucket and last_id = :last")
                .bind("bucket", key.bucket())
                .bind("last", key.last())
                .mapTo(byte[].class)
                .findOne();
    }
}
