package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The inputs of one run: one request's, or those of several whose rows lie behind each other along
 * the first axis.
 */
final class RunInputs {
    private final Tensor[][] requests;
    private final long[][] shapes;

    private RunInputs(Tensor[][] requests, long[][] shapes) {
        this.requests = requests;
        this.shapes = shapes;
    }

    /**
     * @param inputs every input, in the order of their names
     */
    static RunInputs of(Tensor[] inputs) {
        long[][] shapes = new long[inputs.length][];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = inputs[i].shape();
        }
        return new RunInputs(new Tensor[][] {inputs}, shapes);
    }

    /**
     * @param requests inputs of each request, equal but for the size of the first axis, which is
     *     the same for all inputs of one request
     */
    static RunInputs joined(Tensor[][] requests) {
        if (requests.length == 1) {
            return of(requests[0]);
        }
        long rows = 0;
        for (Tensor[] inputs : requests) {
            rows += inputs[0].shape()[0];
        }
        long[][] shapes = new long[requests[0].length][];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = requests[0][i].shape().clone();
            shapes[i][0] = rows;
        }
        return new RunInputs(requests, shapes);
    }

    int count() {
        return shapes.length;
    }

    int requests() {
        return requests.length;
    }

    /** Returns how many rows a request has. */
    int rows(int request) {
        return (int) requests[request][0].shape()[0];
    }

    /** Returns how many rows the run has. */
    int rows() {
        return shapes.length == 0 || shapes[0].length == 0 ? 1 : (int) shapes[0][0];
    }

    /** Returns the dimensions of an input of the run; not to be changed. */
    long[] shape(int input) {
        return shapes[input];
    }

    boolean hasShapes(long[][] others) {
        for (int i = 0; i < shapes.length; i++) {
            if (!Arrays.equals(shapes[i], others[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isNumeric(int input) {
        return requests[0][input] instanceof NumericTensor;
    }

    /** Returns how many bytes a numeric input has. */
    int bytes(int input) {
        int bytes = 0;
        for (Tensor[] inputs : requests) {
            bytes += ((NumericTensor) inputs[input]).bytes().limit();
        }
        return bytes;
    }

    /** Copies a numeric input to the beginning of the memory. */
    void copy(int input, ByteBuffer memory) {
        int at = 0;
        for (Tensor[] inputs : requests) {
            ByteBuffer bytes = ((NumericTensor) inputs[input]).bytes();
            memory.put(at, bytes, 0, bytes.limit());
            at += bytes.limit();
        }
    }

    /** Returns an input of strings. */
    StringTensor strings(int input) {
        if (requests.length == 1) {
            return (StringTensor) requests[0][input];
        }
        return new StringTensor(
                shapes[input],
                Arrays.stream(requests)
                        .flatMap(inputs -> Arrays.stream(((StringTensor) inputs[input]).values()))
                        .toArray(String[]::new));
    }
}
