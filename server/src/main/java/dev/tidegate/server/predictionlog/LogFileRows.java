package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Predictions of Parquet files in the order of their ids, read as they are asked for. */
final class LogFileRows implements AutoCloseable {
    private final @Nullable DuckDb duckDb;
    private final @Nullable DuckDbRows rows;
    private @Nullable ArmEvent next;

    private LogFileRows(@Nullable DuckDb duckDb, @Nullable DuckDbRows rows) {
        this.duckDb = duckDb;
        this.rows = rows;
        next = read();
    }

    static LogFileRows none() {
        return new LogFileRows(null, null);
    }

    /** Takes both over. */
    static LogFileRows of(DuckDb duckDb, DuckDbRows rows) {
        return new LogFileRows(duckDb, rows);
    }

    private @Nullable ArmEvent read() {
        return rows != null && rows.next() ? LogColumns.whole(rows) : null;
    }

    /** Shows those before an id; returns whether the visitor wants more. */
    boolean showBefore(UUID id, Predicate<ArmEvent> visitor) {
        ArmEvent event = next;
        while (event != null && IdOrder.compare(event.predictionId(), id) < 0) {
            next = read();
            if (!visitor.test(event)) {
                return false;
            }
            event = next;
        }
        return true;
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        if (duckDb != null) {
            duckDb.close();
        }
    }
}
