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
                .map(file -> literal(file.toAbsolutePath().normalize().toString()))
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
                + literal(file.toAbsolutePath().normalize().toString())
                + ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";
    }

    /** Returns a text as a literal of SQL. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
