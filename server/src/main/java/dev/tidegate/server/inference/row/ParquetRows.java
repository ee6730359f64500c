package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.duckdb.DuckDbSource;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file: numbers, truth values, texts and lists of these. */
final class ParquetRows extends RowSource {
    private final DuckDb duckDb;
    private final DuckDbRows rows;
    private final List<String> header;
    private final long bytes;
    private final long total;
    private long read;

    private ParquetRows(String name, DuckDb duckDb, DuckDbRows rows, long bytes, long total) {
        super(name);
        this.duckDb = duckDb;
        this.rows = rows;
        this.bytes = bytes;
        this.total = total;
        header = rows.names();
    }

    /**
     * Opens a file.
     *
     * @param name what errors call it
     * @throws TidegateException of kind user when it is no Parquet
     */
    static ParquetRows open(Path file, String name, DuckDbLimits limits) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        DuckDb duckDb = DuckDb.open(limits, List.of(folder));
        try {
            String source = DuckDbSource.parquet(List.of(file));
            long total = count(duckDb, source);
            return new ParquetRows(
                    name, duckDb, duckDb.query("select * from " + source), Files.size(file), total);
        } catch (TidegateException e) {
            duckDb.close();
            throw TidegateException.invalid(
                    "%s cannot be read as Parquet: %s".formatted(name, Excerpt.of(e.text())));
        } catch (IOException e) {
            duckDb.close();
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static long count(DuckDb duckDb, String source) {
        try (DuckDbRows count = duckDb.query("select count(*) from " + source)) {
            count.next();
            return count.number(0);
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    /** Returns the share of the file that so many of its rows are. */
    @Override
    public long bytesRead() {
        return total == 0 ? bytes : (long) ((double) bytes * read / total);
    }

    @Override
    void beginRow() {}

    @Override
    @Nullable RowRead next(long number) {
        if (!rows.next()) {
            return null;
        }
        read = number;
        Map<String, Object> values = LinkedHashMap.newLinkedHashMap(header.size());
        for (int i = 0; i < header.size(); i++) {
            Object value = rows.plain(i);
            if (value != null) {
                values.put(header.get(i), value);
            }
        }
        return new RowRead(number, new Row(label(number), values), null);
    }

    @Override
    public void close() {
        try {
            rows.close();
        } finally {
            duckDb.close();
        }
    }
}
