package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.UUID;

/** What jobs have found out. */
@Singleton
final class BatchResults {
    private static final int PIECE_BYTES = 1 << 20;

    private final BatchBook book;
    private final BatchFiles files;

    BatchResults(BatchBook book, BatchFiles files) {
        this.book = book;
        this.files = files;
    }

    /** Opens the result of a job that has succeeded; the caller closes it. */
    Pieces open(UUID id) throws IOException {
        BatchJob job = book.get(id);
        StoredFile output = job.output();
        if (output == null) {
            throw TidegateException.precondition(
                    "batch job %s is %s and has no result%s"
                            .formatted(
                                    id,
                                    job.state().name().toLowerCase(Locale.ROOT),
                                    job.message().isEmpty() ? "" : ": " + job.message()));
        }
        if (!output.isThere()) {
            throw TidegateException.precondition(
                    "the result of batch job %s was removed for its age (tidegate.batch.retention)"
                            .formatted(id));
        }
        return new Pieces(files.open(output));
    }

    /** A file, piece by piece. */
    static final class Pieces implements Closeable {
        private final InputStream in;

        private Pieces(InputStream in) {
            this.in = in;
        }

        /** Returns the next piece; an empty one behind the last. */
        byte[] next() {
            try {
                return in.readNBytes(PIECE_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException("a result cannot be read on", e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
