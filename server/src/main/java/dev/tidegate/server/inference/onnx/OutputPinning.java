package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.registry.DataType;

/**
 * Which outputs the runtime may write into a buffer that was made before the run.
 *
 * <p>A buffer needs a shape. It is the one that the same input shapes gave before; where the graph
 * leaves a dimension free it may depend on the values too. The runtime refuses a buffer of another
 * shape, the run is repeated without buffers, and nothing is pinned any more.
 */
final class OutputPinning {
    private final boolean[] numeric;
    private final boolean freeDimensions;
    private volatile boolean allowed = true;

    OutputPinning(TensorNames names) {
        numeric = new boolean[names.outputs().size()];
        for (int i = 0; i < numeric.length; i++) {
            numeric[i] = names.outputs().get(i).datatype() != DataType.BYTES;
        }
        freeDimensions = names.outputs().stream().anyMatch(spec -> spec.shape().contains(-1L));
    }

    boolean allows(int output) {
        return allowed && numeric[output];
    }

    /** Returns whether a failed run may have failed by its pinned shapes. */
    boolean mayBeWrong() {
        return allowed && freeDimensions;
    }

    void forbid() {
        allowed = false;
    }
}
