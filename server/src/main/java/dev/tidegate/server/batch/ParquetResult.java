package dev.tidegate.server.batch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.inference.RowOutcome;
import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbColumn;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbType;
import dev.tidegate.server.platform.duckdb.ParquetWriter;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as Parquet: kept columns as texts, an output of one element by its type, of several as a
 * list of JSON. It is collected, on disk where it is large, and written behind the last row.
 */
final class ParquetResult extends ResultWriter {
    private static final String PREFIX = "result-";
    private static final JsonMapper LISTS = JsonMapper.builder().build();

    private final OutputStream out;
    private final ResultColumns columns;
    private final TemporaryFolder folder;
    private final DuckDb duckDb;
    private final ParquetWriter writer;
    private final OutputText text = new OutputText();

    private ParquetResult(
            OutputStream out, ResultColumns columns, TemporaryFolder folder, DuckDb duckDb)
            throws IOException {
        this.out = out;
        this.columns = columns;
        this.folder = folder;
        this.duckDb = duckDb;
        this.writer = duckDb.writer(shape(columns));
    }

    static ParquetResult to(OutputStream out, ResultColumns columns, DuckDbLimits limits)
            throws IOException {
        Files.createDirectories(limits.temporary());
        TemporaryFolder folder =
                new TemporaryFolder(Files.createTempDirectory(limits.temporary(), PREFIX));
        try {
            return within(folder, out, columns, limits);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static ParquetResult within(
            TemporaryFolder folder, OutputStream out, ResultColumns columns, DuckDbLimits limits)
            throws IOException {
        DuckDb duckDb = DuckDb.open(limits, List.of(folder.path()));
        try {
            return new ParquetResult(out, columns, folder, duckDb);
        } catch (RuntimeException e) {
            duckDb.close();
            throw e;
        }
    }

    private static List<DuckDbColumn> shape(ResultColumns columns) {
        List<DuckDbColumn> shape = new ArrayList<>();
        shape.add(new DuckDbColumn(ResultColumns.ROW, DuckDbType.BIGINT));
        columns.keep().forEach(name -> shape.add(new DuckDbColumn(name, DuckDbType.TEXT)));
        for (int i = 0; i < columns.outputs().size(); i++) {
            shape.add(new DuckDbColumn(columns.outputs().get(i), columns.types().get(i)));
        }
        shape.add(new DuckDbColumn(ResultColumns.ERROR, DuckDbType.TEXT));
        return shape;
    }

    @Override
    boolean answered(PreparedRow row, RowOutcome.Answered answer) throws IOException {
        @Nullable Object[] cells = begin(row);
        int next = 1 + columns.keep().size();
        for (int i = 0; i < columns.outputs().size(); i++) {
            String cell = text.of(answer.outputs().get(i));
            try {
                cells[next + i] = value(columns.types().get(i), cell);
            } catch (NumberFormatException e) {
                failed(
                        row,
                        "output '%s' is not the one element that the signature says"
                                .formatted(columns.outputs().get(i)));
                return false;
            }
        }
        writer.add(cells);
        return true;
    }

    private static Object value(DuckDbType type, String cell) {
        return switch (type) {
            case BIGINT -> Long.valueOf(cell);
            case DOUBLE -> Double.valueOf(cell);
            case BOOLEAN -> Boolean.valueOf(cell);
            case INTEGER, TEXT, BYTES, UUID, TIME -> cell;
        };
    }

    @Override
    void failed(PreparedRow row, String reason) throws IOException {
        @Nullable Object[] cells = begin(row);
        cells[cells.length - 1] = reason;
        writer.add(cells);
    }

    private @Nullable Object[] begin(PreparedRow row) throws IOException {
        @Nullable Object[] cells = new @Nullable Object[columns.names().size()];
        cells[0] = row.number();
        for (int i = 0; i < row.kept().size(); i++) {
            Object value = row.kept().get(i);
            cells[1 + i] =
                    value instanceof List<?>
                            ? LISTS.writeValueAsString(value)
                            : value == null ? null : value.toString();
        }
        return cells;
    }

    @Override
    long bytesBeside() {
        return writer.bytes() + Long.BYTES * writer.rows() * columns.names().size();
    }

    @Override
    void finish() throws IOException {
        Path file = folder.path().resolve("result.parquet");
        writer.write(file);
        Files.copy(file, out);
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        text.close();
        try {
            writer.close();
        } finally {
            try {
                duckDb.close();
            } finally {
                folder.close();
            }
        }
    }
}
