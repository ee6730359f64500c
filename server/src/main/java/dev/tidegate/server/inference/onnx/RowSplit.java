package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gives each request of a run its own rows of the outputs. */
final class RowSplit {
    private final RunInputs inputs;

    RowSplit(RunInputs inputs) {
        this.inputs = inputs;
    }

    /**
     * Returns each request's outputs, in the order of the requests.
     *
     * @param outputs of the whole run
     * @throws RowsMixedException when an output does not have a row for each row of the inputs
     */
    Tensor[][] split(Tensor[] outputs) {
        int requests = inputs.requests();
        if (requests == 1) {
            return new Tensor[][] {outputs};
        }
        Tensor[][] split = new Tensor[requests][outputs.length];
        for (int output = 0; output < outputs.length; output++) {
            requireRows(outputs[output]);
            int row = 0;
            for (int request = 0; request < requests; request++) {
                int rows = inputs.rows(request);
                split[request][output] = part(outputs[output], row, rows);
                row += rows;
            }
        }
        return split;
    }

    private void requireRows(Tensor output) {
        long[] shape = output.shape();
        if (shape.length == 0 || shape[0] != inputs.rows()) {
            throw new RowsMixedException(
                    "%d rows went in and an output of shape %s came out"
                            .formatted(inputs.rows(), Arrays.toString(shape)));
        }
    }

    private Tensor part(Tensor whole, int from, int rows) {
        long[] shape = whole.shape().clone();
        shape[0] = rows;
        return switch (whole) {
            case NumericTensor numeric -> {
                ByteBuffer bytes = numeric.bytes();
                int width = bytes.limit() / inputs.rows();
                yield new NumericTensor(
                        numeric.datatype(), shape, bytes.slice(from * width, rows * width));
            }
            case StringTensor text -> {
                int width = text.values().length / inputs.rows();
                yield new StringTensor(
                        shape,
                        Arrays.copyOfRange(text.values(), from * width, (from + rows) * width));
            }
        };
    }
}
