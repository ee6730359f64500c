package dev.tidegate.server.batch;

import dev.tidegate.server.inference.RowOutcome;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a result row by row. */
abstract sealed class ResultWriter implements AutoCloseable
        permits CsvResult, JsonResult, ParquetResult {
    /**
     * @param limits of what writes Parquet
     */
    static ResultWriter to(
            OutputStream out, ResultForm form, ResultColumns columns, DuckDbLimits limits)
            throws IOException {
        return switch (form) {
            case CSV -> new CsvResult(out, columns);
            case JSON -> new JsonResult(out, columns);
            case PARQUET -> ParquetResult.to(out, columns, limits);
        };
    }

    /** Writes what came of a row; returns whether it stands there as answered. */
    final boolean write(PreparedRow row, RowOutcome outcome) throws IOException {
        return switch (outcome) {
            case RowOutcome.Answered answered -> answered(row, answered);
            case RowOutcome.Failed failed -> {
                failed(row, failed.reason());
                yield false;
            }
        };
    }

    /** Writes an answer, or why it cannot be written; returns whether it could. */
    abstract boolean answered(PreparedRow row, RowOutcome.Answered answer) throws IOException;

    abstract void failed(PreparedRow row, String reason) throws IOException;

    /** Returns about how many bytes the disk holds for the result beside what is written out. */
    long bytesBeside() {
        return 0;
    }

    /** Writes what a form needs behind the last row. */
    void finish() throws IOException {}

    /** Writes what is still in memory. */
    @Override
    public abstract void close() throws IOException;
}
