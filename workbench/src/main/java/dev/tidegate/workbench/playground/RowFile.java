package dev.tidegate.workbench.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of a file that a person chose: CSV with a header, or JSON with one object or a list of them.
 *
 * @param name the file's name, without its folder
 * @param rows at least one; a missing value is absent
 */
record RowFile(String name, List<Map<String, String>> rows) {
    /** Bytes of the largest file; the rows are held in memory. */
    private static final long MOST = 32L << 20;

    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    RowFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads the file whole.
     *
     * @throws IOException when it cannot be read or is no such file; the message says what was
     *     expected
     */
    static RowFile read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        long size = Files.size(file);
        if (size > MOST) {
            throw new IOException(
                    "%s has %d bytes, expected at most %d".formatted(name, size, MOST));
        }
        List<Map<String, String>> rows =
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "csv" -> csv(file);
                    case "json" -> json(file);
                    default ->
                            throw new IOException(
                                    "%s has rows of an unknown form, expected a name that ends with .csv or .json"
                                            .formatted(name));
                };
        if (rows.isEmpty()) {
            throw new IOException("%s has no rows, expected at least one".formatted(name));
        }
        return new RowFile(name, rows);
    }

    private static List<Map<String, String>> csv(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord line : CSV.parse(reader)) {
                if (!line.isConsistent()) {
                    throw new IOException(
                            "row %d of %s has %d values, its header has other"
                                    .formatted(
                                            line.getRecordNumber(),
                                            file.getFileName(),
                                            line.size()));
                }
                rows.add(line.toMap());
            }
            return rows;
        } catch (RuntimeException e) {
            throw new IOException(
                    "%s is no CSV with a header: %s".formatted(file.getFileName(), e.getMessage()),
                    e);
        }
    }

    private static List<Map<String, String>> json(Path file) throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(file.toFile());
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode row : root.isArray() ? root : List.of(root)) {
            if (!row.isObject()) {
                throw new IOException(
                        "row %d of %s is %s, expected an object"
                                .formatted(rows.size() + 1, file.getFileName(), row));
            }
            rows.add(values(row));
        }
        return rows;
    }

    private static Map<String, String> values(JsonNode row) {
        Map<String, String> values = new LinkedHashMap<>();
        row.properties()
                .forEach(
                        value -> {
                            if (!value.getValue().isNull()) {
                                values.put(value.getKey(), text(value.getValue()));
                            }
                        });
        return values;
    }

    /** A list is a tensor's elements, however deep they are nested. */
    private static String text(JsonNode value) {
        return value.isArray()
                ? WholeTensor.text(leaves(value).map(JsonNode::asText).toList())
                : value.asText();
    }

    private static Stream<JsonNode> leaves(JsonNode node) {
        return node.isArray() ? node.valueStream().flatMap(RowFile::leaves) : Stream.of(node);
    }
}
