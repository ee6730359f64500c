package dev.tidegate.server.dataset;

import dev.tidegate.server.platform.error.TidegateException;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of rows with named columns.
 *
 * @param source the file that it was read from
 * @param digest the SHA-256 of the file's bytes, as {@code sha256:<64 hexadecimal digits>}
 * @param rows the number of rows
 * @param columns the columns in the file's order, each with {@code rows} values
 */
public record Dataset(Path source, String digest, int rows, List<DatasetColumn> columns) {

    public Dataset {
        columns = List.copyOf(columns);
        for (DatasetColumn column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException(
                        "column %s has %d values, but the data set has %d rows"
                                .formatted(column.name(), column.size(), rows));
            }
        }
    }

    /**
     * Returns the column of that name.
     *
     * @throws TidegateException when there is none; the message lists those that are there
     */
    public DatasetColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                TidegateException.invalid(
                                        "%s has no column \"%s\"; its columns are %s"
                                                .formatted(
                                                        source.getFileName(),
                                                        name,
                                                        String.join(", ", names()))));
    }

    /** Returns the names of the columns in the file's order. */
    public List<String> names() {
        return columns.stream().map(DatasetColumn::name).toList();
    }
}
