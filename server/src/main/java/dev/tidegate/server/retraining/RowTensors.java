package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CategoryColumn;
import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.dataset.NumberColumn;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of a data set as the tensors of a request: each column one of shape [rows, 1], in the order
 * of their names.
 */
final class RowTensors {
    private final List<DatasetColumn> columns;

    RowTensors(List<DatasetColumn> columns) {
        this.columns = columns.stream().sorted(Comparator.comparing(DatasetColumn::name)).toList();
    }

    Tensor[] of(int... rows) {
        return columns.stream().map(column -> tensor(column, rows)).toArray(Tensor[]::new);
    }

    private static Tensor tensor(DatasetColumn column, int[] rows) {
        long[] shape = {rows.length, 1};
        return switch (column) {
            case CategoryColumn category ->
                    new StringTensor(
                            shape,
                            Arrays.stream(rows).mapToObj(category::text).toArray(String[]::new));
            case NumberColumn number ->
                    new NumericTensor(DataType.FP32, shape, bytes(number, rows));
        };
    }

    private static ByteBuffer bytes(NumberColumn column, int[] rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row : rows) {
            bytes.putFloat(column.value(row));
        }
        return bytes.flip();
    }
}
