package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file: numbers, truth values, texts and lists of these. */
final class ParquetRows extends RowSource {
    /** Beyond it a double stands for more than one whole number. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private final ParquetFile file;
    private final DuckDbRows rows;
    private final List<String> header;
    private final long bytes;
    private final long total;
    private long read;

    private ParquetRows(ParquetFile file, List<ParquetColumn> columns, long bytes, long total) {
        super(file.name());
        this.file = file;
        this.rows = file.read();
        this.header = columns.stream().map(ParquetColumn::name).toList();
        this.bytes = bytes;
        this.total = total;
    }

    /**
     * Opens a file, all of whose lists and texts are measured before a row is read.
     *
     * @param name what errors call it
     * @throws TidegateException of kind user when it is no Parquet, or rows of it are too large
     */
    static ParquetRows open(Path path, String name, DuckDbLimits limits) {
        ParquetFile file = ParquetFile.open(path, name, limits);
        try {
            ParquetBounds bounds = new ParquetBounds(file);
            bounds.requireShortFooter();
            List<ParquetColumn> columns = file.columns();
            long total = file.rows();
            bounds.check(columns, total);
            new ParquetMeasure(name, columns).require(file);
            return new ParquetRows(file, columns, Files.size(path), total);
        } catch (IOException e) {
            file.close();
            throw new UncheckedIOException(name + " cannot be read", e);
        } catch (RuntimeException e) {
            file.close();
            throw e;
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
        if (!file.reading(rows::next)) {
            return null;
        }
        read = number;
        return new RowRead(number, new Row(label(number), file.reading(this::values)), null);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = LinkedHashMap.newLinkedHashMap(header.size());
        for (int i = 0; i < header.size(); i++) {
            Object value = rows.plain(i);
            if (value != null) {
                values.put(header.get(i), whole(value));
            }
        }
        return values;
    }

    /**
     * Returns a whole number as such: tools that know no missing whole numbers write them as
     * floating ones.
     */
    private static Object whole(Object value) {
        return switch (value) {
            case Double number when isWhole(number) -> number.longValue();
            case Float number when isWhole(number) -> number.longValue();
            case List<?> list -> wholes(list);
            default -> value;
        };
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number)
                && Math.abs(number) <= LARGEST_WHOLE
                && Double.compare(number, -0.0) != 0;
    }

    private static List<@Nullable Object> wholes(List<?> list) {
        List<@Nullable Object> wholes = new ArrayList<>(list.size());
        list.forEach(element -> wholes.add(element == null ? null : whole(element)));
        return wholes;
    }

    @Override
    public void close() {
        try {
            rows.close();
        } finally {
            file.close();
        }
    }
}
