package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDb;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.duckdb.DuckDbSource;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** A Parquet file, which errors call by its name and never by where it lies. */
final class ParquetFile implements AutoCloseable {
    private final Path path;
    private final String name;
    private final DuckDb duckDb;

    private ParquetFile(Path path, String name, DuckDb duckDb) {
        this.path = path;
        this.name = name;
        this.duckDb = duckDb;
    }

    static ParquetFile open(Path file, String name, DuckDbLimits limits) {
        Path path = file.toAbsolutePath().normalize();
        Path folder = Objects.requireNonNull(path.getParent());
        return new ParquetFile(path, name, DuckDb.open(limits, List.of(folder)));
    }

    Path path() {
        return path;
    }

    String name() {
        return name;
    }

    /** Returns its columns; nothing but what it says of itself is read. */
    List<ParquetColumn> columns() {
        return ask(
                "describe select * from " + source(),
                rows -> {
                    List<ParquetColumn> columns = new ArrayList<>();
                    while (rows.next()) {
                        columns.add(
                                new ParquetColumn(
                                        Objects.requireNonNull(rows.text(0)),
                                        Objects.requireNonNull(rows.text(1))));
                    }
                    return List.copyOf(columns);
                });
    }

    /** Returns how many rows it has, as it says of itself. */
    long rows() {
        return ask(
                "select count(*) from " + source(),
                rows -> {
                    rows.next();
                    return rows.number(0);
                });
    }

    /** Returns its rows in SQL. */
    String source() {
        return DuckDbSource.parquet(List.of(path));
    }

    /** Begins to read all its rows. */
    DuckDbRows read() {
        return reading(() -> duckDb.query("select * from " + source()));
    }

    /** Returns what the reader makes of a query's rows. */
    <T> T ask(String sql, Function<DuckDbRows, T> reader) {
        return reading(
                () -> {
                    try (DuckDbRows rows = duckDb.query(sql)) {
                        return reader.apply(rows);
                    }
                });
    }

    /** Does work with the file's rows; what is wrong with the file is told by its name. */
    <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (TidegateException e) {
            throw new TidegateException(
                    e.code(),
                    "%s cannot be read as Parquet: %s"
                            .formatted(name, Excerpt.of(withoutPath(e.text()))),
                    e);
        }
    }

    private String withoutPath(String text) {
        return text.replace(path.toString(), name);
    }

    @Override
    public void close() {
        duckDb.close();
    }
}
