package dev.tidegate.server.inference;

import dev.tidegate.server.registry.DataType;

/**
 * Values of one tensor, row-major; the arrays and buffers within are not copied and not to be
 * changed.
 */
public sealed interface Tensor permits NumericTensor, StringTensor {

    DataType datatype();

    /** Returns its dimensions, none of them negative. */
    long[] shape();

    /** Returns how many elements a shape holds. */
    static int elements(long[] shape) {
        long elements = 1;
        for (long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return Math.toIntExact(elements);
    }
}
