package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds rows against the columns of a signature: no feature too many, each of its kind. */
public final class FeatureCheck {
    /** What JSON has no number for. */
    private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity");

    private final RowCells cells;
    private final Map<String, Column> columns;
    private final Map<String, DataType> types = new HashMap<>();

    public FeatureCheck(ModelSignature signature) {
        this.cells = new RowCells(signature);
        this.columns =
                signature.columns().stream()
                        .collect(Collectors.toMap(Column::name, column -> column));
        signature.inputs().forEach(input -> types.put(input.name(), input.datatype()));
    }

    /** Refuses a row that names a feature too many or has a value of another kind. */
    public void check(Row row) {
        Set<String> foreign = cells.foreign(row);
        if (!foreign.isEmpty()) {
            throw TidegateException.invalid(
                    "%s: feature '%s' is unknown; the model's features are %s"
                            .formatted(
                                    row.label(),
                                    Excerpt.of(String.join("', '", foreign)),
                                    cells.known()));
        }
        columns.values().forEach(column -> check(row, column, row.value(column.name())));
    }

    private void check(Row row, Column column, @Nullable Object value) {
        boolean isMissing = value == null || value.equals("");
        if (isMissing && column.nullable()) {
            return;
        }
        boolean fits =
                switch (column.kind()) {
                    case NUMBER -> value instanceof Number;
                    case BOOLEAN -> value instanceof Boolean;
                    case CATEGORY ->
                            types.get(column.input()) == DataType.BYTES
                                    ? value instanceof String
                                    : value instanceof Number || value instanceof Boolean;
                    case TENSOR -> value != null && isOf(types.get(column.input()), value);
                };
        if (!fits) {
            throw TidegateException.invalid(
                    "%s: feature '%s' is %s, expected %s"
                            .formatted(row.label(), column.name(), told(value), expected(column)));
        }
    }

    /** Returns whether all elements, however deep, are what the type has. */
    private static boolean isOf(@Nullable DataType type, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(element -> isOf(type, element));
        }
        return switch (type) {
            case null -> false;
            case BYTES -> value instanceof String;
            case BOOL -> value instanceof Boolean;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                    value instanceof Number;
            case FP16, BF16, FP32, FP64 ->
                    value instanceof Number
                            || (value instanceof String text && SPECIAL.contains(text));
        };
    }

    private static String told(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case String text -> "the text '" + Excerpt.of(text) + "'";
            default -> Excerpt.of(value.toString());
        };
    }

    private String expected(Column column) {
        return switch (column.kind()) {
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case CATEGORY -> "a category" + among(column.allowed());
            case TENSOR -> "a list of " + types.get(column.input());
        };
    }

    private static String among(List<String> allowed) {
        return allowed.isEmpty() ? "" : " of " + Excerpt.of(allowed.toString());
    }
}
