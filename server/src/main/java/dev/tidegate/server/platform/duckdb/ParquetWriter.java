package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Collects rows, on disk where they outgrow the memory, and writes them as one Parquet file. */
public final class ParquetWriter implements AutoCloseable {
    private static final String TABLE = "collected";

    /** Rows between which a reader of Parquet can jump: at most DuckDB's own default. */
    private static final long GROUP = 122_880;

    /** DuckDB's least. */
    private static final long LEAST_GROUP = 2_048;

    /** Bytes that a group is held to, since the writer holds a whole one. */
    private static final long GROUP_BYTES = 16L << 20;

    private final DuckDBConnection connection;
    private final List<DuckDbColumn> columns;
    private final DuckDBAppender appender;
    private long rows;
    private long bytes;

    private ParquetWriter(
            DuckDBConnection connection, List<DuckDbColumn> columns, DuckDBAppender appender) {
        this.connection = connection;
        this.columns = columns;
        this.appender = appender;
    }

    static ParquetWriter of(DuckDBConnection connection, List<DuckDbColumn> columns) {
        try {
            execute(
                    connection,
                    columns.stream()
                            .map(DuckDbColumn::definition)
                            .collect(
                                    Collectors.joining(", ", "create table " + TABLE + " (", ")")));
            return new ParquetWriter(
                    connection, List.copyOf(columns), connection.createAppender(TABLE));
        } catch (SQLException e) {
            throw DuckDbFailure.shaping(e);
        }
    }

    private static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column, of the type that {@link DuckDbType} says, or null
     * @throws TidegateException with kind user when a cell does not fit its column
     */
    public void add(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw TidegateException.invalid(
                    "a row has %d cells: expected %d".formatted(cells.length, columns.size()));
        }
        try {
            appender.beginRow();
            for (int i = 0; i < cells.length; i++) {
                append(columns.get(i), cells[i]);
            }
            appender.endRow();
            rows++;
        } catch (SQLException e) {
            throw DuckDbFailure.writing(e);
        }
    }

    private void append(DuckDbColumn column, @Nullable Object cell) throws SQLException {
        if (cell == null) {
            appender.appendNull();
            return;
        }
        try {
            appendAs(column.type(), cell);
        } catch (ClassCastException e) {
            throw new TidegateException(
                    ErrorCode.INVALID_ARGUMENT,
                    "column '%s' has a %s: expected a cell of type %s"
                            .formatted(
                                    column.name(), cell.getClass().getSimpleName(), column.type()),
                    e);
        }
    }

    private void appendAs(DuckDbType type, Object cell) throws SQLException {
        switch (type) {
            case BOOLEAN -> appender.append((boolean) cell);
            case INTEGER -> appender.append(Math.toIntExact(((Number) cell).longValue()));
            case BIGINT -> appender.append(((Number) cell).longValue());
            case DOUBLE -> appender.append(((Number) cell).doubleValue());
            case TEXT -> {
                String text = (String) cell;
                bytes += text.length();
                appender.append(text);
            }
            case BYTES -> {
                byte[] message = (byte[]) cell;
                bytes += message.length;
                appender.append(message);
            }
            case UUID -> appender.append((UUID) cell);
            case TIME -> appender.append(((Instant) cell).atOffset(ZoneOffset.UTC));
        }
    }

    /** Returns the bytes of texts and messages that were added. */
    public long bytes() {
        return bytes;
    }

    /** Returns the rows that were added. */
    public long rows() {
        return rows;
    }

    /**
     * Writes the file, whole or not at all, forced to the disk. One that is there is replaced.
     *
     * @throws TidegateException with kind unavailable
     */
    public void write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            appender.flush();
            execute(
                    connection,
                    "copy %s to %s (format parquet, compression zstd, row_group_size %d)"
                            .formatted(TABLE, DuckDbSource.literal(absolute(unfinished)), group()));
            force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw withoutRest(unfinished, DuckDbFailure.writing(e));
        } catch (IOException e) {
            throw withoutRest(
                    unfinished, new UncheckedIOException("file " + file + " cannot be written", e));
        }
    }

    private static RuntimeException withoutRest(Path unfinished, RuntimeException failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private long group() {
        return Math.clamp(GROUP_BYTES * Math.max(1, rows) / Math.max(1, bytes), LEAST_GROUP, GROUP);
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives up what was collected, so that another file can be written. */
    @Override
    public void close() {
        try {
            appender.close();
            execute(connection, "drop table " + TABLE);
        } catch (SQLException e) {
            throw DuckDbFailure.writing(e);
        }
    }
}
