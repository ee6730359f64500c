package dev.tidegate.server.batch;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.inference.ServedModels;
import dev.tidegate.server.inference.row.RowForm;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Takes jobs in: what can be known to be wrong is refused before a job is queued. */
@Singleton
final class BatchSubmission {
    private static final int LONGEST_NAME = 255;

    private final Database database;
    private final BatchTable table;
    private final BatchBook book;
    private final BatchFiles files;
    private final BatchRoom room;
    private final BatchRunner runner;
    private final ServedModels models;
    private final RequestsDone done;
    private final DuckDbLimits duckDb;
    private final FileChecks checks;
    private final BatchConfig config;

    BatchSubmission(
            Database database,
            BatchTable table,
            BatchBook book,
            BatchFiles files,
            BatchRoom room,
            BatchRunner runner,
            ServedModels models,
            RequestsDone done,
            DuckDbLimits duckDb,
            FileChecks checks,
            BatchConfig config) {
        this.database = database;
        this.table = table;
        this.book = book;
        this.files = files;
        this.room = room;
        this.runner = runner;
        this.models = models;
        this.done = done;
        this.duckDb = duckDb;
        this.checks = checks;
        this.config = config;
    }

    /** Begins an input that comes in pieces; the caller closes it. */
    BatchUpload begin() {
        return files.begin();
    }

    /** Refuses an input that is larger than the settings allow. */
    void requireSize(long bytes) {
        if (bytes > config.maxBytes()) {
            throw TidegateException.invalid(
                    "the input has %d bytes or more, expected at most %d (tidegate.batch.max-bytes); split it"
                            .formatted(bytes, config.maxBytes()));
        }
    }

    /** Refuses an input for which the files of other jobs leave no room. */
    void requireRoom(long bytes) {
        room.require(bytes);
    }

    /** Refuses what is wrong before the file comes. */
    RegisteredVersion check(NewBatch batch) {
        if (batch.inputName().length() > LONGEST_NAME) {
            throw TidegateException.invalid(
                    "the input's name has %d characters, expected at most %d"
                            .formatted(batch.inputName().length(), LONGEST_NAME));
        }
        RowForm.of(batch.inputName());
        if (batch.model().isEmpty()) {
            throw TidegateException.invalid("model is missing, expected the name of one");
        }
        return models.version(batch.model(), batch.version());
    }

    /**
     * Returns the queued job.
     *
     * @param upload the whole input; the caller closes it
     */
    BatchJob submit(NewBatch batch, BatchUpload upload, Principal by) {
        RegisteredVersion version = check(batch);
        StoredFile input = upload.end();
        check(batch, version, upload.path());
        return queued(files.keep(upload, tx -> once(tx, batch, version, input, by)));
    }

    /** Returns the queued job, whose input another job has read or written. */
    BatchJob submit(NewBatch batch, Principal by) {
        RegisteredVersion version = check(batch);
        StoredFile input =
                new StoredFile(
                        batch.inputDigest(),
                        database.read(handle -> table.bytes(handle, batch.inputDigest()))
                                .orElseThrow(() -> unknownInput(batch)));
        check(batch, version, files.verified(input));
        return queued(
                database.transaction(
                        tx -> {
                            files.lock(tx);
                            if (table.bytes(tx, input.digest()).isEmpty()) {
                                throw unknownInput(batch);
                            }
                            return once(tx, batch, version, input, by);
                        }));
    }

    private static TidegateException unknownInput(NewBatch batch) {
        return TidegateException.notFound(
                "no batch job has read or written a file with digest '%s', or it was removed for its age"
                        .formatted(Excerpt.of(batch.inputDigest())));
    }

    private void check(NewBatch batch, RegisteredVersion version, Path file) {
        checks.run(() -> checkRows(batch, version, file));
    }

    private void checkRows(NewBatch batch, RegisteredVersion version, Path file) {
        try (RowSource rows =
                RowSource.open(file, RowForm.of(batch.inputName()), batch.inputName(), duckDb)) {
            new ColumnCheck(version, batch).check(rows);
        }
    }

    private UUID once(
            Handle tx, NewBatch batch, RegisteredVersion version, StoredFile input, Principal by) {
        byte[] id =
                done.once(
                        tx,
                        new RequestsDone.Request(
                                by.id(),
                                "SubmitBatch",
                                batch.requestId(),
                                batch.asked(input.digest())),
                        () ->
                                insert(tx, batch, version, input, by)
                                        .toString()
                                        .getBytes(StandardCharsets.US_ASCII));
        return UUID.fromString(new String(id, StandardCharsets.US_ASCII));
    }

    private UUID insert(
            Handle tx, NewBatch batch, RegisteredVersion version, StoredFile input, Principal by) {
        int waiting = table.waiting(tx);
        if (waiting >= config.maxWaiting()) {
            throw TidegateException.exhausted(
                    "%d batch jobs wait already, which is the most that may (tidegate.batch.max-waiting); try again later"
                            .formatted(waiting));
        }
        UUID id = UUID.randomUUID();
        table.insert(tx, id, version.id(), batch, input, by.name());
        book.queued(
                tx,
                id,
                Map.of(
                        "model",
                        version.model(),
                        "version",
                        version.version(),
                        "input",
                        batch.inputName(),
                        "digest",
                        input.digest()),
                by.name());
        return id;
    }

    private BatchJob queued(UUID id) {
        runner.wake();
        return book.get(id);
    }
}
