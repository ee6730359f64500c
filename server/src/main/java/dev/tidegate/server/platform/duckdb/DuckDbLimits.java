package dev.tidegate.server.platform.duckdb;

import java.nio.file.Path;

/**
 * What one DuckDB may take.
 *
 * @param threads at least 1
 * @param memoryMebibytes memory beyond which it writes temporary files, at least 128
 * @param temporaryMebibytes disk that the temporary files may take
 * @param temporary folder for them, made when it is missing
 */
public record DuckDbLimits(
        int threads, int memoryMebibytes, int temporaryMebibytes, Path temporary) {
    public DuckDbLimits {
        require("threads", threads, 1);
        require("memory", memoryMebibytes, 128);
        require("temporary disk", temporaryMebibytes, 0);
    }

    private static void require(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s of DuckDB is %d: expected at least %d".formatted(what, value, least));
        }
    }
}
