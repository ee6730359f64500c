package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.sql.SQLException;

/** DuckDB's errors as the program's own: its first line says what is wrong with a file. */
final class DuckDbFailure {
    private DuckDbFailure() {}

    static TidegateException reading(SQLException cause) {
        return of(ErrorCode.INVALID_ARGUMENT, "the file cannot be read: ", cause);
    }

    static TidegateException writing(SQLException cause) {
        return of(ErrorCode.UNAVAILABLE, "the Parquet file cannot be written: ", cause);
    }

    static TidegateException opening(SQLException cause) {
        return of(ErrorCode.UNAVAILABLE, "DuckDB cannot be opened: ", cause);
    }

    private static TidegateException of(ErrorCode code, String what, SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        return new TidegateException(code, what + message.lines().findFirst().orElse(""), cause);
    }
}
