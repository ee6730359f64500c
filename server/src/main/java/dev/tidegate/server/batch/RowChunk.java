package dev.tidegate.server.batch;

import java.util.List;

/**
 * Rows that run together.
 *
 * @param rows none behind the last row of the input
 * @param share of the input that had been read then, 0 to 1
 */
record RowChunk(List<PreparedRow> rows, double share) {
    RowChunk {
        rows = List.copyOf(rows);
    }

    boolean isEnd() {
        return rows.isEmpty();
    }
}
