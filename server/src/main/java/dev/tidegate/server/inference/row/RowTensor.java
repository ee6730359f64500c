package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One input of a model, laid out row by row, its columns by their index. */
final class RowTensor {
    private final TensorSpec input;
    private final List<Column> columns;
    private final Elements elements;
    private final int rows;

    /** Shape of each row; null before the first. */
    private @Nullable List<Long> each;

    /**
     * @param rows how many will be added
     */
    RowTensor(ModelSignature signature, TensorSpec input, Elements elements, int rows) {
        this.input = input;
        this.columns =
                signature.columns().stream()
                        .filter(column -> column.input().equals(input.name()))
                        .toList();
        this.elements = elements;
        this.rows = rows;
    }

    void add(Row row) {
        if (columns.size() == 1 && columns.getFirst().kind() == ColumnKind.TENSOR) {
            addList(columns.getFirst(), row);
        } else {
            addCells(row);
        }
    }

    private void addList(Column column, Row row) {
        ListCell cell = ListCell.of(column, row);
        List<Long> expected = expected();
        List<Long> own = cell.within(expected);
        if (own == null) {
            throw TidegateException.invalid(
                    "%s: feature '%s' has %d elements in the shape %s, expected %s"
                            .formatted(
                                    row.label(),
                                    column.name(),
                                    cell.elements().size(),
                                    cell.shape(),
                                    expected));
        }
        List<Long> first = each;
        if (first != null && !first.equals(own)) {
            throw TidegateException.invalid(
                    "%s: feature '%s' has the shape %s, expected %s as in the rows before"
                            .formatted(row.label(), column.name(), own, first));
        }
        each = own;
        cell.elements().forEach(element -> add(row, column, element));
    }

    /** Returns the shape of a row: of a graph that counts no rows the whole of it. */
    private List<Long> expected() {
        return countsRows() ? input.shape().subList(1, input.shape().size()) : input.shape();
    }

    private boolean countsRows() {
        List<Long> shape = input.shape();
        return !shape.isEmpty() && (shape.getFirst() < 0 || shape.getFirst() == rows);
    }

    private void addCells(Row row) {
        int width = columns.stream().mapToInt(Column::index).max().orElse(-1) + 1;
        List<@Nullable Column> cells = new ArrayList<>(Collections.nCopies(width, null));
        columns.forEach(column -> cells.set(column.index(), column));
        for (Column column : cells) {
            if (column == null) {
                elements.add("");
            } else {
                add(row, column, cell(column, row));
            }
        }
        each = List.of((long) width);
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
                                    column.kind().name().toLowerCase(Locale.ROOT)));
        }
        return value == null ? "" : value;
    }

    private void add(Row row, Column column, Object cell) {
        try {
            elements.add(cell);
        } catch (NumberFormatException e) {
            throw TidegateException.invalid(
                    "%s: feature '%s' is %s, expected a value that %s can hold"
                            .formatted(
                                    row.label(),
                                    column.name(),
                                    Excerpt.of(cell.toString()),
                                    input.datatype()));
        }
    }

    /** Returns the shape of the whole; its first free dimension counts the rows. */
    List<Long> shape() {
        boolean isList = columns.size() == 1 && columns.getFirst().kind() == ColumnKind.TENSOR;
        if (isList && each != null) {
            List<Long> shape = new ArrayList<>(each);
            if (countsRows()) {
                shape.addFirst((long) rows);
            }
            return shape;
        }
        return ofCells();
    }

    private List<Long> ofCells() {
        List<Long> shape = new ArrayList<>(input.shape());
        if (!shape.isEmpty() && shape.getFirst() < 0) {
            shape.set(0, (long) rows);
        }
        long cells = each == null ? 0 : rows * each.getFirst();
        long known = shape.stream().filter(size -> size > 0).reduce(1L, Math::multiplyExact);
        shape.replaceAll(size -> size < 0 ? cells / known : size);
        return shape;
    }
}
