package dev.tidegate.server.batch;

/** Thrown within an attempt that is not to go on: cancelled, taken over, or its server ends. */
final class BatchStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchStop() {
        super("the attempt is not to go on", null, false, false);
    }
}
