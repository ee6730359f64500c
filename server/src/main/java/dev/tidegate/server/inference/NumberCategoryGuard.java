package dev.tidegate.server.inference;

import dev.tidegate.server.registry.Column;
import java.util.Arrays;

/** Accepts only the listed categories of a column whose input holds numbers. */
final class NumberCategoryGuard implements ColumnGuard {
    private final Column column;
    private final ColumnStride stride;
    private final double[] allowed;

    NumberCategoryGuard(Column column, ColumnStride stride) {
        this.column = column;
        this.stride = stride;
        this.allowed =
                column.allowed().stream()
                        .mapToDouble(value -> number(column, value))
                        .sorted()
                        .toArray();
    }

    private static double number(Column column, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "column '%s' lies in the numeric input '%s', but its category '%s' is no number"
                            .formatted(column.name(), column.input(), value),
                    e);
        }
    }

    @Override
    public void check(Tensor tensor) {
        if (tensor instanceof NumericTensor numeric) {
            int width = stride.width(tensor);
            NumberReader reader = NumberReader.of(numeric);
            for (int i = stride.first(); i < reader.length(); i += width) {
                check(reader.at(i), i / width);
            }
        }
    }

    private void check(double value, int row) {
        boolean missing = column.nullable() && Double.isNaN(value);
        if (!missing && Arrays.binarySearch(allowed, value + 0.0) < 0) {
            throw ColumnGuard.refused(
                    column, row, "category " + value, "one of " + Nearest.list(column.allowed()));
        }
    }
}
