package dev.tidegate.server.batch;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Keeps where each job stands; every change of state comes with its audit event or not at all. */
@Singleton
final class BatchBook {
    private static final String SERVER = "tidegate";

    /** How long a server's lease must be over before others take its job. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Database database;
    private final BatchTable table;
    private final AuditTrail audit;
    private final Replica replica;
    private final int attempts;

    BatchBook(
            Database database,
            BatchTable table,
            AuditTrail audit,
            Replica replica,
            BatchConfig config) {
        this.database = database;
        this.table = table;
        this.audit = audit;
        this.replica = replica;
        this.attempts = config.attempts();
    }

    BatchJob get(UUID id) {
        return database.read(handle -> table.get(handle, id));
    }

    List<BatchJob> list(String model, int limit) {
        return database.read(handle -> table.list(handle, model, limit));
    }

    /**
     * Takes the oldest job that nobody runs, if there is one; gives up one begun too often.
     *
     * @param isHere whether the input of that digest is in this server's store
     */
    Optional<BatchJob> take(Predicate<String> isHere) {
        return database.transaction(
                tx ->
                        table.next(tx, replica.boot(), GRACE, isHere)
                                .map(id -> table.get(tx, id))
                                .flatMap(job -> take(tx, job)));
    }

    private Optional<BatchJob> take(Handle tx, BatchJob job) {
        if (job.attempts() >= attempts) {
            end(
                    tx,
                    job.id(),
                    BatchState.FAILED,
                    "it was begun %d times and its server ended each time (tidegate.batch.attempts)"
                            .formatted(job.attempts()),
                    SERVER);
            return Optional.empty();
        }
        table.begin(tx, job.id(), replica.boot());
        record(
                tx,
                job.id(),
                BatchState.RUNNING,
                SERVER,
                Map.of("replica", replica.name(), "attempt", job.attempts() + 1));
        return Optional.of(table.get(tx, job.id()));
    }

    /** Writes how far the attempt is; returns whether to go on. */
    boolean progress(BatchJob job, BatchProgress progress) {
        return database.transaction(tx -> table.progress(tx, job, replica.boot(), progress));
    }

    /** Writes what the attempt waits for; returns whether to go on. */
    boolean waits(BatchJob job, String message) {
        return database.transaction(tx -> table.waits(tx, job, replica.boot(), message));
    }

    /**
     * Puts the job back for whoever takes it next.
     *
     * @param pause how long nobody takes it
     */
    void putBack(BatchJob job, String message, Duration pause) {
        database.transaction(
                tx -> {
                    if (table.putBack(tx, job, replica.boot(), message, pause)) {
                        record(tx, job.id(), BatchState.QUEUED, SERVER, Map.of("message", message));
                    }
                    return true;
                });
    }

    /** Ends the attempt well, with its result; returns whether the job was still this server's. */
    boolean succeed(Handle tx, BatchJob job, StoredFile output, BatchProgress progress) {
        if (!table.progress(tx, job, replica.boot(), progress)
                || !table.succeed(tx, job, replica.boot(), output)) {
            return false;
        }
        record(
                tx,
                job.id(),
                BatchState.SUCCEEDED,
                SERVER,
                Map.of(
                        "rows",
                        progress.rows(),
                        "failed",
                        progress.failed(),
                        "digest",
                        output.digest()));
        return true;
    }

    void fail(BatchJob job, String message) {
        database.transaction(tx -> end(tx, job.id(), BatchState.FAILED, message, SERVER));
    }

    /** Ends a job that has not ended; returns whether it had not. */
    boolean end(Handle tx, UUID id, BatchState state, String message, String principal) {
        if (!table.end(tx, id, state, message)) {
            return false;
        }
        record(tx, id, state, principal, Map.of("message", message));
        return true;
    }

    void queued(Handle tx, UUID id, Map<String, ?> detail, String principal) {
        record(tx, id, BatchState.QUEUED, principal, detail);
    }

    private void record(
            Handle tx, UUID id, BatchState state, String principal, Map<String, ?> detail) {
        audit.append(
                tx,
                new AuditEvent(
                        principal,
                        "batch." + state.name().toLowerCase(Locale.ROOT),
                        BatchJob.subject(id),
                        detail));
    }
}
