package dev.tidegate.server.cli;

import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowForm;
import dev.tidegate.server.inference.row.RowRead;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows in a file that are asked about in one request: all of them in memory. */
public record RowFile(Path file) {
    private static final int THREADS = 1;
    private static final int MEBIBYTES = 512;

    /** Returns the rows in their order; at least one. */
    public List<Row> rows() {
        FileChunks.size(file);
        List<Row> rows = new ArrayList<>();
        try (RowSource source = RowSource.open(file, RowForm.of(file), file.toString(), limits())) {
            for (RowRead read = source.next(); read != null; read = source.next()) {
                if (read.problem() != null) {
                    throw TidegateException.invalid(
                            "row %d of %s: %s".formatted(read.number(), file, read.problem()));
                }
                rows.add(read.row());
            }
        }
        if (rows.isEmpty()) {
            throw TidegateException.invalid("%s has no rows".formatted(file));
        }
        return rows;
    }

    /** Returns whether each row names all columns, as those of CSV and Parquet do. */
    boolean hasHeader() {
        return RowForm.of(file) != RowForm.JSON;
    }

    private static DuckDbLimits limits() {
        return new DuckDbLimits(
                THREADS, MEBIBYTES, 0, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
