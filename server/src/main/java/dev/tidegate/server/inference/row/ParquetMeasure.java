package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the lists and texts of all rows of a Parquet file within DuckDB, before a row is read
 * into the heap.
 *
 * <p>DuckDB hands rows over some 2,048 at a time, all their texts as strings of Java. The rows are
 * therefore counted in parts of as many; whatever the driver hands over lies in two of them.
 */
final class ParquetMeasure {
    private static final int PART = 2048;

    /** In the lists of one row. */
    static final long MOST_VALUES = 1 << 20;

    /** Octets of memory that a string of Java takes beside its letters. */
    private static final int STRING = 40;

    /** Octets of memory for the texts of one part. */
    private static final long MOST_TEXT = 64L << 20;

    private final String file;
    private final List<Measure> measures;

    ParquetMeasure(String file, List<ParquetColumn> columns) {
        this.file = file;
        this.measures =
                Stream.concat(
                                columns.stream()
                                        .filter(ParquetColumn::isList)
                                        .map(column -> new Measure(column, false)),
                                columns.stream()
                                        .filter(ParquetColumn::isText)
                                        .map(column -> new Measure(column, true)))
                        .toList();
    }

    /** Refuses a file with a row, or rows that are read together, for which there is no room. */
    void require(ParquetFile rows) {
        if (!measures.isEmpty()) {
            List<Double> sizes = rows.ask(sql(rows.source()), this::sizes);
            requireCells(sizes);
            requireRow(sizes.get(measures.size()), "values in its lists", MOST_VALUES);
            requireRow(sizes.get(measures.size() + 1), "bytes of text", RowSource.LONGEST_ROW);
            requireText(sizes);
        }
    }

    private String sql(String source) {
        return "select %s, max(row_values), max(row_octets), max(held) from (select %s, max(%s) as row_values, max(%s) as row_octets, sum(%s) as held from (select (row_number() over () - 1) // %d as part, %s from %s) group by part)"
                .formatted(
                        each("max(m%d)"),
                        each("max(m%1$d) as m%1$d"),
                        total(measure -> !measure.isText),
                        total(measure -> measure.isText),
                        held(),
                        PART,
                        IntStream.range(0, measures.size())
                                .mapToObj(i -> measures.get(i).sql() + " as m" + i)
                                .collect(Collectors.joining(", ")),
                        source);
    }

    private String each(String term) {
        return IntStream.range(0, measures.size())
                .mapToObj(term::formatted)
                .collect(Collectors.joining(", "));
    }

    /** A list and not a sum of terms, which may be only so many. */
    private String total(Predicate<Measure> isIn) {
        return Stream.concat(
                        Stream.of("0::double"),
                        IntStream.range(0, measures.size())
                                .filter(i -> isIn.test(measures.get(i)))
                                .mapToObj("m%d"::formatted))
                .collect(Collectors.joining(", ", "list_sum([", "])"));
    }

    private String held() {
        String texts = total(measure -> measure.isText);
        String strings = total(measure -> !measure.isText && measure.column.isText());
        long single =
                measures.stream()
                        .filter(measure -> measure.isText && !measure.column.isList())
                        .count();
        return "%s + %d * (%d + %s)".formatted(texts, STRING, single, strings);
    }

    private List<Double> sizes(DuckDbRows row) {
        row.next();
        List<Double> sizes = new ArrayList<>();
        for (int i = 0; i < measures.size() + 3; i++) {
            @Nullable Object size = row.value(i);
            sizes.add(size == null ? 0 : ((Number) size).doubleValue());
        }
        return sizes;
    }

    private void requireCells(List<Double> sizes) {
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            long most = measure.isText ? RowSource.LONGEST_ROW : MOST_VALUES;
            if (sizes.get(i) > most) {
                throw TidegateException.invalid(
                        "column '%s' of %s has a row with %.0f %s, expected at most %d"
                                .formatted(
                                        Excerpt.of(measure.column.name()),
                                        file,
                                        sizes.get(i),
                                        measure.isText ? "bytes of text" : "values in its lists",
                                        most));
            }
        }
    }

    private void requireRow(double size, String what, long most) {
        if (size > most) {
            throw TidegateException.invalid(
                    "%s has a row with %.0f %s in all columns, expected at most %d"
                            .formatted(file, size, what, most));
        }
    }

    private void requireText(List<Double> sizes) {
        double held = sizes.getLast();
        if (held > MOST_TEXT) {
            int longest =
                    IntStream.range(0, measures.size())
                            .filter(i -> measures.get(i).isText)
                            .reduce((a, b) -> sizes.get(a) >= sizes.get(b) ? a : b)
                            .orElseThrow();
            throw TidegateException.invalid(
                    "texts in %d rows of %s, of which column '%s' has the longest, take %.0f bytes of memory, expected at most %d; write the file as CSV"
                            .formatted(
                                    PART,
                                    file,
                                    Excerpt.of(measures.get(longest).column.name()),
                                    held,
                                    MOST_TEXT));
        }
    }

    /** What is measured of a column: its texts' octets, or the values in its lists. */
    private record Measure(ParquetColumn column, boolean isText) {
        String sql() {
            return "(%s)::double".formatted(isText ? column.octets() : column.values());
        }
    }
}
