package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file one after the other; the file is never in memory as a whole. */
public abstract sealed class RowSource implements AutoCloseable permits TextRows, ParquetRows {
    /** How much of a file one row may take, in octets. */
    static final int LONGEST_ROW = 4 << 20;

    private final String name;
    private long read;

    RowSource(String name) {
        this.name = name;
    }

    /**
     * Opens a file.
     *
     * @param name what errors call it
     * @param limits of what reads Parquet
     * @throws TidegateException when it cannot be read
     */
    public static RowSource open(Path file, RowForm form, String name, DuckDbLimits limits) {
        if (form == RowForm.PARQUET) {
            return ParquetRows.open(file, name, limits);
        }
        BoundedInput input = null;
        try {
            input = new BoundedInput(Files.newInputStream(file), LONGEST_ROW);
            return switch (form) {
                case CSV -> new CsvRows(name, input);
                case JSON -> new JsonRows(name, input);
                case PARQUET -> throw new IllegalArgumentException("no text: " + form);
            };
        } catch (IOException e) {
            closeQuietly(input, e);
            throw unreadable(name, e);
        } catch (RuntimeException e) {
            closeQuietly(input, e);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable BoundedInput input, Exception failure) {
        if (input != null) {
            try {
                input.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Returns the next row, null after the last.
     *
     * @throws TidegateException when the file cannot be read on
     */
    public final @Nullable RowRead next() {
        try {
            beginRow();
            RowRead row = next(read + 1);
            if (row != null) {
                read++;
            }
            return row;
        } catch (IOException e) {
            throw unreadable("row %d of %s".formatted(read + 1, name), e);
        }
    }

    /** Returns the columns that every row has; empty where each row names its own. */
    public abstract List<String> header();

    /** Returns how many octets of the file have been read, some ahead of the newest row. */
    public abstract long bytesRead();

    abstract void beginRow();

    abstract @Nullable RowRead next(long number) throws IOException;

    static String label(long number) {
        return "row " + number;
    }

    private static TidegateException unreadable(String what, IOException cause) {
        return new TidegateException(
                ErrorCode.INVALID_ARGUMENT,
                "%s cannot be read: %s".formatted(what, reason(cause)),
                cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof com.fasterxml.jackson.core.JsonProcessingException json
                ? json.getOriginalMessage()
                        + " (line %d, column %d)"
                                .formatted(
                                        json.getLocation().getLineNr(),
                                        json.getLocation().getColumnNr())
                : cause instanceof java.nio.charset.CharacterCodingException
                        ? "it is not UTF-8"
                        : String.valueOf(cause.getMessage());
    }

    @Override
    public abstract void close();
}
