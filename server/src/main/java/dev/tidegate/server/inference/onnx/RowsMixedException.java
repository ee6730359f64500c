package dev.tidegate.server.inference.onnx;

/** Tells that a graph does not give a row of each output for each row of its inputs. */
public final class RowsMixedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowsMixedException(String message) {
        super(message);
    }
}
