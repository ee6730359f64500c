package dev.tidegate.workbench.tensor;

import java.util.List;

/**
 * A tensor.
 *
 * @param datatype of the Open Inference Protocol, as FP32 or BYTES
 * @param values the elements in row-major order, numbers printed in full
 */
public record Tensor(String name, String datatype, List<Long> shape, List<String> values) {
    public Tensor {
        shape = List.copyOf(shape);
        values = List.copyOf(values);
    }
}
