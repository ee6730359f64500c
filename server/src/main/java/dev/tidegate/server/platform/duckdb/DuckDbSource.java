package dev.tidegate.server.platform.duckdb;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Files as something to select from in SQL. */
public final class DuckDbSource {
    private DuckDbSource() {}

    /** Returns the rows of Parquet files of one shape, in the order of the files. */
    public static String parquet(List<Path> files) {
        return files.stream()
                .map(file -> literal(path(file)))
                .collect(
                        Collectors.joining(
                                ", ", "read_parquet([", "], hive_partitioning = false)"));
    }

    /**
     * Returns the rows of a CSV file (RFC 4180, UTF-8) with a header, every cell a text, an empty
     * one null.
     */
    public static String csv(Path file) {
        return "read_csv("
                + literal(path(file))
                + ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";
    }

    /** Returns what a Parquet file says of each column in each of its row groups. */
    public static String parquetMetadata(Path file) {
        return "parquet_metadata(" + literal(path(file)) + ")";
    }

    /** Returns a column's name as SQL takes it. */
    public static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /** DuckDB takes a name for a pattern only when no file has that name. */
    private static String path(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /** Returns a text as a literal of SQL. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
