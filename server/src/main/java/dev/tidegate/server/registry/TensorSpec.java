package dev.tidegate.server.registry;

import java.util.List;

/**
 * One tensor that a graph takes or gives.
 *
 * @param name the tensor's name in the graph
 * @param datatype the type of its elements
 * @param shape its dimensions; -1 stands for a free one
 */
public record TensorSpec(String name, DataType datatype, List<Long> shape) {

    public TensorSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a tensor needs a name, got \"" + name + "\"");
        }
        shape = List.copyOf(shape);
        for (long dimension : shape) {
            if (dimension < -1) {
                throw new IllegalArgumentException(
                        "dimensions of tensor %s are sizes or -1, got %s".formatted(name, shape));
            }
        }
    }
}
