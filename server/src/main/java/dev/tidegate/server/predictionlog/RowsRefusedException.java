package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.sql.SQLException;

/** Tells that the database refuses the rows themselves: trying them again changes nothing. */
final class RowsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RowsRefusedException(SQLException cause) {
        super("the database refuses rows of the prediction log: " + cause.getMessage(), cause);
    }

    /** SQLSTATE class 22 is bad data, class 23 a broken constraint; the rest may pass. */
    static RuntimeException orUnavailable(SQLException cause) {
        String state = cause.getSQLState();
        if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
            return new RowsRefusedException(cause);
        }
        return new TidegateException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "the prediction log cannot be written; expected PostgreSQL to take rows",
                cause);
    }
}
