package dev.tidegate.server.inference;

import dev.tidegate.server.registry.Column;

/** Refuses NaN where a number must be there. */
final class MissingNumberGuard implements ColumnGuard {
    private final Column column;
    private final ColumnStride stride;

    MissingNumberGuard(Column column, ColumnStride stride) {
        this.column = column;
        this.stride = stride;
    }

    @Override
    public void check(Tensor tensor) {
        if (tensor instanceof NumericTensor numeric) {
            int width = stride.width(tensor);
            NumberReader reader = NumberReader.of(numeric);
            for (int i = stride.first(); i < reader.length(); i += width) {
                if (Double.isNaN(reader.at(i))) {
                    throw ColumnGuard.refused(
                            column,
                            i / width,
                            "NaN",
                            "a number; the signature does not allow it to be missing");
                }
            }
        }
    }
}
