package dev.tidegate.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Rows in a file: CSV with a header, or JSON with one object or a list of objects. */
public record RowFile(Path file) {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** Returns the rows in their order; at least one. */
    public List<Row> rows() {
        FileChunks.size(file);
        List<Row> rows =
                switch (ending()) {
                    case "csv" -> csv();
                    case "json" -> json();
                    default ->
                            throw TidegateException.invalid(
                                    "%s has rows of an unknown form; expected a name that ends with .csv or .json"
                                            .formatted(file));
                };
        if (rows.isEmpty()) {
            throw TidegateException.invalid("%s has no rows".formatted(file));
        }
        return rows;
    }

    /** Returns whether each row names all columns, as the header of CSV does. */
    boolean hasHeader() {
        return ending().equals("csv");
    }

    private String ending() {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private List<Row> csv() {
        List<Row> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord line : CSV.parse(reader)) {
                if (!line.isConsistent()) {
                    throw TidegateException.invalid(
                            "row %d of %s has %d values, its header has other"
                                    .formatted(line.getRecordNumber(), file, line.size()));
                }
                rows.add(new Row(label(rows), Map.copyOf(line.toMap())));
            }
            return rows;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private List<Row> json() {
        try {
            String text = Files.readString(file).strip();
            List<Map<String, Object>> objects =
                    JsonMapper.builder()
                            .build()
                            .readValue(
                                    text.startsWith("[") ? text : "[" + text + "]",
                                    new TypeReference<List<Map<String, Object>>>() {});
            List<Row> rows = new ArrayList<>();
            for (Map<String, Object> values : objects) {
                values.values().removeIf(Objects::isNull);
                rows.add(new Row(label(rows), values));
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw TidegateException.invalid(
                    "%s is no list of JSON objects: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String label(List<Row> before) {
        return "row " + (before.size() + 1);
    }

    private TidegateException unreadable(Exception cause) {
        return new TidegateException(
                ErrorCode.INVALID_ARGUMENT, "%s cannot be read: %s".formatted(file, cause), cause);
    }
}
