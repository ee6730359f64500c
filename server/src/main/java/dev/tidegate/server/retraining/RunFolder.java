package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Where one run keeps its data set and its results; closing it removes them. */
final class RunFolder implements AutoCloseable {
    private final UUID run;
    private final Path folder;
    private final long maxDataBytes;
    private final OutputStream data;
    private long bytes;

    RunFolder(UUID run, Path folder, long maxDataBytes) throws IOException {
        this.run = run;
        this.folder = Files.createDirectories(folder);
        this.maxDataBytes = maxDataBytes;
        this.data = Files.newOutputStream(data());
    }

    UUID run() {
        return run;
    }

    Path data() {
        return folder.resolve("data.csv");
    }

    Path results() {
        return folder.resolve("results");
    }

    /** Appends a piece to the data set. */
    void write(byte[] piece) {
        bytes += piece.length;
        if (bytes > maxDataBytes) {
            throw TidegateException.exhausted(
                    "the data set has more than %d bytes, the most that tidegate.retraining.max-data-bytes permits"
                            .formatted(maxDataBytes));
        }
        try {
            data.write(piece);
        } catch (IOException e) {
            throw new UncheckedIOException("the data set cannot be stored", e);
        }
    }

    /** Ends the data set. */
    void complete() {
        try {
            data.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the data set cannot be stored", e);
        }
    }

    @Override
    public void close() {
        complete();
        TemporaryFolder.delete(folder);
    }
}
