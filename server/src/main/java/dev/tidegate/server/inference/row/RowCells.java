package dev.tidegate.server.inference.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays the named values of rows out as a model's inputs take them: row by row, column by index. */
public final class RowCells {
    private final ModelSignature signature;

    public RowCells(ModelSignature signature) {
        this.signature = signature;
    }

    /** Returns names in the row that the model does not take. */
    public Set<String> foreign(Row row) {
        Set<String> foreign = new TreeSet<>(row.names());
        signature.columns().forEach(column -> foreign.remove(column.name()));
        return foreign;
    }

    /**
     * Returns columns of the model that the row does not name, whether it may be without or not.
     */
    public Set<String> missing(Row row) {
        Set<String> missing = new TreeSet<>();
        signature.columns().forEach(column -> missing.add(column.name()));
        missing.removeAll(row.names());
        return missing;
    }

    public String known() {
        return signature.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** Returns the values of one input; missing ones are the empty string. */
    List<Object> of(TensorSpec input, List<Row> rows) {
        List<Object> cells = new ArrayList<>();
        rows.forEach(row -> cells.addAll(of(input, row)));
        return cells;
    }

    private List<Object> of(TensorSpec input, Row row) {
        List<Column> columns =
                signature.columns().stream()
                        .filter(column -> column.input().equals(input.name()))
                        .toList();
        if (columns.size() == 1 && columns.getFirst().kind() == ColumnKind.TENSOR) {
            return elements(columns.getFirst(), row);
        }
        int width = columns.stream().mapToInt(Column::index).max().orElse(-1) + 1;
        List<Object> cells = new ArrayList<>(Collections.nCopies(width, ""));
        columns.forEach(column -> cells.set(column.index(), cell(column, row)));
        return cells;
    }

    private static Object cell(Column column, Row row) {
        Object value = row.value(column.name());
        boolean isMissing = value == null || value.toString().isEmpty();
        if (isMissing && !column.nullable()) {
            throw TidegateException.invalid(
                    "%s has no value for %s, expected a %s"
                            .formatted(
                                    row.label(),
                                    column.name(),
                                    column.kind().name().toLowerCase(java.util.Locale.ROOT)));
        }
        return value == null ? "" : value;
    }

    private static List<Object> elements(Column column, Row row) {
        Object value = row.value(column.name());
        List<Object> elements = new ArrayList<>();
        flatten(value instanceof String text ? parsed(column, row, text) : value, elements);
        if (elements.isEmpty()) {
            throw TidegateException.invalid(
                    "%s has no value for %s, expected a list such as [1, 2.5]"
                            .formatted(row.label(), column.name()));
        }
        return elements;
    }

    private static Object parsed(Column column, Row row, String text) {
        if (!text.startsWith("[")) {
            return text;
        }
        try {
            return Arrays.asList(JsonMapper.builder().build().readValue(text, Object[].class));
        } catch (JsonProcessingException e) {
            throw TidegateException.invalid(
                    "%s has %s for %s, expected a list such as [1, 2.5]"
                            .formatted(row.label(), text, column.name()));
        }
    }

    private static void flatten(@Nullable Object value, List<Object> elements) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(element -> flatten(element, elements));
            default -> elements.add(value);
        }
    }
}
