package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Rows of a comma-separated file (RFC 4180, UTF-8) whose first record names the columns. */
final class CsvRows extends TextRows {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;

    CsvRows(String name, BoundedInput input) throws IOException {
        super(name, input);
        parser =
                CSVParser.parse(
                        new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder()),
                        CSVFormat.RFC4180);
        records = parser.iterator();
        header = header(name, advance());
    }

    private static List<String> header(String name, @Nullable CSVRecord first) {
        if (first == null) {
            throw TidegateException.invalid(
                    "%s is empty, expected a line of column names and rows below it"
                            .formatted(name));
        }
        List<String> names = new ArrayList<>(first.toList());
        names.set(0, names.getFirst().replace(BYTE_ORDER_MARK, ""));
        Set<String> seen = new HashSet<>();
        for (String column : names) {
            if (column.isBlank() || !seen.add(column)) {
                throw TidegateException.invalid(
                        "%s needs a name of its own for each column, got \"%s\" in %s"
                                .formatted(name, column, names));
            }
        }
        return List.copyOf(names);
    }

    /** The parser hides what fails behind unchecked exceptions. */
    private @Nullable CSVRecord advance() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    @Nullable RowRead next(long number) throws IOException {
        CSVRecord values = advance();
        if (values == null) {
            return null;
        }
        if (values.size() != header.size()) {
            return new RowRead(
                    number,
                    new Row(label(number), Map.of()),
                    "it has %d values, expected %d as in the header"
                            .formatted(values.size(), header.size()));
        }
        return new RowRead(number, Row.ofTexts(label(number), header, values::get), null);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the rows' file cannot be closed", e);
        }
    }
}
