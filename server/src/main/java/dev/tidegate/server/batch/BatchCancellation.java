package dev.tidegate.server.batch;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Ends jobs that nobody wants any more. */
@Singleton
final class BatchCancellation {
    private final Database database;
    private final BatchTable table;
    private final BatchBook book;
    private final BatchRunner runner;
    private final RequestsDone done;

    BatchCancellation(
            Database database,
            BatchTable table,
            BatchBook book,
            BatchRunner runner,
            RequestsDone done) {
        this.database = database;
        this.table = table;
        this.book = book;
        this.runner = runner;
        this.done = done;
    }

    /** Returns the cancelled job; its rows stop within the run that is under way. */
    BatchJob cancel(String requestId, UUID id, Principal by) {
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        by.id(), "CancelBatch", requestId, id.toString()),
                                () -> cancel(tx, id, by)));
        runner.stop(id);
        return book.get(id);
    }

    private byte[] cancel(Handle tx, UUID id, Principal by) {
        BatchJob job = table.get(tx, id);
        String message = "cancelled by " + by.name();
        if (!book.end(tx, id, BatchState.CANCELLED, message, by.name())) {
            throw TidegateException.precondition(
                    "batch job %s has %s already"
                            .formatted(id, job.state().name().toLowerCase(Locale.ROOT)));
        }
        return new byte[0];
    }
}
