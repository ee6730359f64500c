package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.TidegateException;

/** Thrown within an attempt whose version answers nobody for now. */
final class VersionAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VersionAwayException(TidegateException cause) {
        super(cause.text(), cause, false, false);
    }
}
