package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.registry.Column;
import java.util.Set;

/** Accepts only the listed categories, and the empty string where a value may be missing. */
final class CategoryGuard implements ColumnGuard {
    private final Column column;
    private final ColumnStride stride;
    private final Set<String> allowed;

    CategoryGuard(Column column, ColumnStride stride) {
        this.column = column;
        this.stride = stride;
        this.allowed = Set.copyOf(column.allowed());
    }

    @Override
    public void check(Tensor tensor) {
        if (tensor instanceof StringTensor text) {
            int width = stride.width(tensor);
            String[] values = text.values();
            for (int i = stride.first(); i < values.length; i += width) {
                check(values[i], i / width);
            }
        }
    }

    private void check(String value, int row) {
        boolean missing = column.nullable() && value.isEmpty();
        if (!missing && !allowed.contains(value)) {
            throw ColumnGuard.refused(
                    column,
                    row,
                    "category '" + Excerpt.of(value) + "'",
                    "one of "
                            + Nearest.list(column.allowed())
                            + Nearest.suggestion(value, column.allowed()));
        }
    }
}
