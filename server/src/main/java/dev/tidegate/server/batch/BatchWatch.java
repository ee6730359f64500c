package dev.tidegate.server.batch;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one watcher of one job has not seen yet. */
final class BatchWatch {
    private final BatchBook book;
    private final UUID id;
    private @Nullable BatchJob seen;

    BatchWatch(BatchBook book, UUID id) {
        this.book = book;
        this.id = id;
    }

    /** Returns the job if it has changed since the last call. */
    Optional<BatchJob> news() {
        BatchJob now = book.get(id);
        boolean isOld = now.equals(seen);
        seen = now;
        return isOld ? Optional.empty() : Optional.of(now);
    }
}
