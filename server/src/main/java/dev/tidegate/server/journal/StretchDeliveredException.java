package dev.tidegate.server.journal;

/** Tells that a stretch of the journal was delivered before; nothing was written again. */
public final class StretchDeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StretchDeliveredException(String message) {
        super(message);
    }
}
