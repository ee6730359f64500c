package dev.tidegate.server.inference;

import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.TensorSpec;

/**
 * Where a column's values lie in its tensor: along the last axis, one value a row.
 *
 * @param first position of the first row's value
 */
public record ColumnStride(int first) {

    public static ColumnStride of(Column column, TensorSpec input) {
        int rank = input.shape().size();
        long width = rank > 1 ? input.shape().getLast() : 1;
        if (width >= 0 && column.index() >= width) {
            throw new IllegalArgumentException(
                    "column '%s' has index %d, but the last dimension of input '%s' is %d"
                            .formatted(column.name(), column.index(), input.name(), width));
        }
        return new ColumnStride(column.index());
    }

    /** Returns the distance between two rows' values. */
    public int width(Tensor tensor) {
        long[] shape = tensor.shape();
        return shape.length > 1 ? (int) shape[shape.length - 1] : 1;
    }
}
