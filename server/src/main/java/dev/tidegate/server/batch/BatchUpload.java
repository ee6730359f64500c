package dev.tidegate.server.batch;

import dev.tidegate.server.registry.ArtifactUpload;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of a job on its way into the store, whose bytes count from the first on. */
final class BatchUpload implements AutoCloseable {
    private final ArtifactUpload file;
    private final BatchRoom.Share share;
    private long beside;

    BatchUpload(ArtifactUpload file, BatchRoom.Share share) {
        this.file = file;
        this.share = share;
    }

    /** Appends a piece. */
    void write(byte[] piece) {
        share.grow(piece.length);
        file.write(piece);
    }

    /** Counts what the disk holds for the file beside what was written to it, so far. */
    void holdsBeside(long bytes) {
        share.grow(bytes - beside);
        beside = bytes;
    }

    /** Returns a stream that appends; closing it ends nothing. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int single) {
                BatchUpload.this.write(new byte[] {(byte) single});
            }

            @Override
            public void write(byte[] piece, int from, int length) {
                BatchUpload.this.write(Arrays.copyOfRange(piece, from, from + length));
            }
        };
    }

    /** Returns how many bytes came so far. */
    long bytes() {
        return file.bytes();
    }

    /** Ends the writing and returns what the store will have. */
    StoredFile end() {
        return new StoredFile(file.digest(), file.bytes());
    }

    /** Returns where it lies until the store has it. */
    Path path() {
        return file.file();
    }

    /** Returns the file for the store to keep. */
    ArtifactUpload file() {
        return file;
    }

    @Override
    public void close() {
        try {
            file.close();
        } finally {
            share.close();
        }
    }
}
