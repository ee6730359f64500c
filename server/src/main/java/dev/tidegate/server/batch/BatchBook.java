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

/**
 * Keeps where each job stands; every change of state comes with its audit event or not at all. A
 * job that cannot go on is tried again and again: the audit trail has that it waits, once, and when
 * it goes on.
 */
@Singleton
final class BatchBook {
    private static final String SERVER = "tidegate";

    /** How long a server's lease must be over before others take its job. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a job that cannot go on lets others go first, the first time. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    /** After so many times the pause, which doubles, grows no more: about ten minutes. */
    private static final int MOST_DOUBLINGS = 6;

    private final Database database;
    private final BatchTable table;
    private final AuditTrail audit;
    private final Replica replica;
    private final BatchCounts counts;
    private final int attempts;

    BatchBook(
            Database database,
            BatchTable table,
            AuditTrail audit,
            Replica replica,
            BatchCounts counts,
            BatchConfig config) {
        this.database = database;
        this.table = table;
        this.audit = audit;
        this.replica = replica;
        this.counts = counts;
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
        BatchJob begun = table.get(tx, job.id());
        if (begun.waits() == 0) {
            recordRunning(tx, begun);
        }
        return Optional.of(begun);
    }

    private void recordRunning(Handle tx, BatchJob job) {
        record(
                tx,
                job.id(),
                BatchState.RUNNING,
                SERVER,
                Map.of("replica", replica.name(), "attempt", job.attempts()));
    }

    /** Writes how far the attempt is; returns whether to go on. */
    boolean progress(BatchJob job, BatchProgress progress) {
        return database.transaction(tx -> progress(tx, job, progress));
    }

    private boolean progress(Handle tx, BatchJob job, BatchProgress progress) {
        boolean goesOn = table.progress(tx, job, replica.boot(), progress);
        if (goesOn && job.waits() > 0 && table.endWaits(tx, job)) {
            recordRunning(tx, job);
        }
        return goesOn;
    }

    /** Writes what the attempt waits for; returns whether to go on. */
    boolean waits(BatchJob job, String message) {
        return database.transaction(tx -> table.waits(tx, job, replica.boot(), message));
    }

    /** Puts the job back for whoever takes it next. */
    void putBack(BatchJob job, String message) {
        putBack(job, message, Duration.ZERO, 0);
    }

    /** Puts the job back, which cannot go on, for a pause that grows each time. */
    void putAside(BatchJob job, String message) {
        int waits = get(job.id()).waits();
        putBack(job, message, FIRST_PAUSE.multipliedBy(1L << Math.min(waits, MOST_DOUBLINGS)), 1);
    }

    private void putBack(BatchJob job, String message, Duration pause, int aside) {
        database.transaction(
                tx -> {
                    table.putBack(tx, job, replica.boot(), message, pause, aside)
                            .filter(waits -> waits == aside)
                            .ifPresent(news -> recordWaiting(tx, job, message));
                    return true;
                });
    }

    private void recordWaiting(Handle tx, BatchJob job, String message) {
        record(tx, job.id(), BatchState.QUEUED, SERVER, Map.of("message", message));
    }

    /** Ends the attempt well, with its result; returns whether the job was still this server's. */
    boolean succeed(Handle tx, BatchJob job, StoredFile output, BatchProgress progress) {
        if (!progress(tx, job, progress) || !table.succeed(tx, job, replica.boot(), output)) {
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
        counts.reached(state);
        audit.append(
                tx,
                new AuditEvent(
                        principal,
                        "batch." + state.name().toLowerCase(Locale.ROOT),
                        BatchJob.subject(id),
                        detail));
    }
}
