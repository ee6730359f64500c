package dev.tidegate.server.predictionlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Where a block lies and which ids it spans.
 *
 * @param bucket ten-second interval since 1970
 * @param first smallest id
 * @param last largest id
 */
record BlockKey(long bucket, UUID first, UUID last) {
    static BlockKey of(ResultSet row) throws SQLException {
        return new BlockKey(
                row.getLong("bucket"),
                row.getObject("first_id", UUID.class),
                row.getObject("last_id", UUID.class));
    }

    /** Returns whether an id lies between the smallest and the largest. */
    boolean spans(UUID id) {
        return IdOrder.compare(first, id) <= 0 && IdOrder.compare(id, last) <= 0;
    }
}
