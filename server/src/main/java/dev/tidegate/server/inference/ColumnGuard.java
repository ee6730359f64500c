package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.TensorSpec;
import java.util.Optional;

/** Holds the values of one column against the signature. */
sealed interface ColumnGuard permits CategoryGuard, NumberCategoryGuard, MissingNumberGuard {

    /** Refuses a tensor whose values the signature forbids. */
    void check(Tensor tensor);

    /** Returns what a column needs; nothing when every value is accepted. */
    static Optional<ColumnGuard> of(Column column, TensorSpec input) {
        ColumnStride stride = ColumnStride.of(column, input);
        if (column.kind() == ColumnKind.TENSOR) {
            return Optional.empty();
        }
        if (input.datatype() == DataType.BYTES) {
            return column.allowed().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new CategoryGuard(column, stride));
        }
        if (!column.allowed().isEmpty()) {
            return Optional.of(new NumberCategoryGuard(column, stride));
        }
        return column.nullable() || !isFloating(input.datatype())
                ? Optional.empty()
                : Optional.of(new MissingNumberGuard(column, stride));
    }

    private static boolean isFloating(DataType datatype) {
        return datatype == DataType.FP32 || datatype == DataType.FP64;
    }

    /** Returns the error for a value, saying where it stands. */
    static TidegateException refused(Column column, int row, String came, String expected) {
        return TidegateException.invalid(
                "column '%s' (input '%s', row %d): %s came, expected %s"
                        .formatted(column.name(), column.input(), row, came, expected));
    }
}
