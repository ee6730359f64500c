package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.registry.DataType;

/**
 * Which outputs the runtime may write into a buffer that was made before the run.
 *
 * <p>A buffer needs a shape. It is the one that the same input shapes gave before, but a shape may
 * depend on the values too, whatever the graph says of it. The runtime refuses a buffer of another
 * shape, the run is repeated without buffers, and nothing is pinned any more.
 */
final class OutputPinning {
    private final boolean[] numeric;
    private volatile boolean allowed = true;

    OutputPinning(TensorNames names) {
        numeric = new boolean[names.outputs().size()];
        for (int i = 0; i < numeric.length; i++) {
            numeric[i] = names.outputs().get(i).datatype() != DataType.BYTES;
        }
    }

    boolean allows(int output) {
        return allowed && numeric[output];
    }

    void forbid() {
        allowed = false;
    }
}
