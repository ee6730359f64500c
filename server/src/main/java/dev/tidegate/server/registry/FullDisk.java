package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a disk that has no room from one that cannot be written. */
final class FullDisk {
    /** Octets below which nothing can be expected of a disk. */
    private static final long LEAST = 1 << 20;

    private FullDisk() {}

    /**
     * Returns the error to give.
     *
     * @param path what could not be written
     * @param bytes how much was written before
     * @param otherwise when the disk has room
     */
    static RuntimeException or(
            Path path, long bytes, IOException failure, RuntimeException otherwise) {
        return isFull(path, failure)
                ? new TidegateException(
                        ErrorCode.EXHAUSTED,
                        "no room on the disk of %s after %d bytes of the artifact: %s; free some and try again"
                                .formatted(path, bytes, failure.getMessage()),
                        failure)
                : otherwise;
    }

    private static boolean isFull(Path path, IOException failure) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return reason.contains("no space left")
                || reason.contains("quota exceeded")
                || room(path) < LEAST;
    }

    private static long room(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
