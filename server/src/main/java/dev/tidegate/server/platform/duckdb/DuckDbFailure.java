package dev.tidegate.server.platform.duckdb;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** DuckDB's errors as the program's own: its first line says what is wrong with a file. */
final class DuckDbFailure {
    /** What messages have of a memory or a disk that is full: they carry no code for it. */
    private static final List<String> NO_ROOM =
            List.of(
                    "out of memory",
                    "failed to allocate",
                    "failed to pin block",
                    "failed to offload",
                    "no space left",
                    "quota exceeded");

    private DuckDbFailure() {}

    static TidegateException reading(SQLException cause) {
        return of(ErrorCode.INVALID_ARGUMENT, "the file cannot be read: ", cause);
    }

    /** Of columns that no file can have together. */
    static TidegateException shaping(SQLException cause) {
        return of(ErrorCode.INVALID_ARGUMENT, "no Parquet file has these columns: ", cause);
    }

    static TidegateException writing(SQLException cause) {
        return isForWantOfRoom(String.valueOf(cause.getMessage()))
                ? new TidegateException(
                        ErrorCode.EXHAUSTED,
                        "there is no room to write the Parquet file; free some on the disk, or raise tidegate.duckdb.temporary-mebibytes",
                        cause)
                : of(ErrorCode.UNAVAILABLE, "the Parquet file cannot be written: ", cause);
    }

    private static boolean isForWantOfRoom(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return NO_ROOM.stream().anyMatch(text::contains);
    }

    static TidegateException opening(SQLException cause) {
        return of(ErrorCode.UNAVAILABLE, "DuckDB cannot be opened: ", cause);
    }

    private static TidegateException of(ErrorCode code, String what, SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        return new TidegateException(code, what + message.lines().findFirst().orElse(""), cause);
    }
}
