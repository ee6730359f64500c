package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inputs and results in the artifact store.
 *
 * <p>A file comes in and its row is written, or a row is emptied and its file removed, under one
 * lock of the database, so that nobody removes what somebody else has just named.
 */
@Singleton
final class BatchFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BatchFiles.class);
    private static final long LOCK = 0x6261_7463_6866_696CL;

    private final Database database;
    private final BatchTable table;
    private final BatchFileTable stored;
    private final ArtifactStore artifacts;
    private final long most;
    private final Duration retention;

    BatchFiles(
            Database database,
            BatchTable table,
            BatchFileTable stored,
            ArtifactStore artifacts,
            BatchConfig config) {
        this.database = database;
        this.table = table;
        this.stored = stored;
        this.artifacts = artifacts;
        most = config.maxStoredBytes();
        retention = config.retention();
    }

    ArtifactUpload begin() {
        return artifacts.begin();
    }

    /** Returns whether the file is in this server's store. */
    boolean has(String digest) {
        return artifacts.has(digest);
    }

    /** Returns the file after its content has been held against its digest. */
    Path verified(StoredFile file) {
        return artifacts.verified(file.digest());
    }

    /** Opens a file, which is held against its digest while it is read. */
    InputStream open(StoredFile file) throws IOException {
        return artifacts.open(file.digest());
    }

    /**
     * Takes a file in and does work that names it, both or none. The file is noted before, so that
     * {@link #sweep} finds it when this server is killed in between.
     *
     * @param upload whole; the caller closes it
     * @throws TidegateException of kind exhausted when the files of all jobs would be more than the
     *     settings allow
     */
    <T> T keep(ArtifactUpload upload, Function<Handle, T> work) {
        StoredFile file = new StoredFile(upload.digest(), upload.bytes());
        note(file);
        try {
            return database.transaction(
                    tx -> {
                        lock(tx);
                        stored.note(tx, file);
                        artifacts.keep(upload);
                        return work.apply(tx);
                    });
        } catch (RuntimeException | Error e) {
            try {
                sweep();
            } catch (RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
    }

    private void note(StoredFile file) {
        database.transaction(
                tx -> {
                    lock(tx);
                    requireRoom(tx, file.digest(), file.bytes());
                    stored.note(tx, file);
                    return file;
                });
    }

    /** Refuses a file of so many bytes when it would be too much with those that are there. */
    void requireRoom(long bytes) {
        database.read(
                handle -> {
                    requireRoom(handle, "", bytes);
                    return bytes;
                });
    }

    private void requireRoom(Handle handle, String digest, long bytes) {
        long there = stored.bytesBeside(handle, digest);
        if (there + bytes > most) {
            throw TidegateException.exhausted(
                    "files of batch jobs take %d bytes and %d more came, expected at most %d in all (tidegate.batch.max-stored-bytes); they are removed %s after a job's end (tidegate.batch.retention)"
                            .formatted(there, bytes, most, ReadableTime.of(retention)));
        }
    }

    /** Forgets files of jobs that ended so long ago, and removes what nobody names any more. */
    void removeOld(Consumer<Handle> fence) {
        database.transaction(
                tx -> {
                    fence.accept(tx);
                    lock(tx);
                    return table.forgetFiles(tx, retention);
                });
        sweep();
    }

    /**
     * Removes files that nobody names. Each is forgotten after it is gone: should this server be
     * killed in between, or the transaction fail, it is removed again.
     */
    void sweep() {
        database.transaction(
                tx -> {
                    lock(tx);
                    for (String digest : stored.unnamed(tx)) {
                        artifacts.discard(digest);
                        stored.forget(tx, digest);
                        LOG.info("file {} of a batch job was removed: no job names it", digest);
                    }
                    return true;
                });
    }

    /** Keeps files from being removed until the transaction ends. */
    void lock(Handle tx) {
        tx.createQuery("select pg_advisory_xact_lock(:lock)::text")
                .bind("lock", LOCK)
                .mapTo(String.class)
                .one();
    }
}
