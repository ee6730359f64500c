package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ArtifactStore;
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
    private final BatchRoom room;
    private final Duration retention;

    BatchFiles(
            Database database,
            BatchTable table,
            BatchFileTable stored,
            ArtifactStore artifacts,
            BatchRoom room,
            BatchConfig config) {
        this.database = database;
        this.table = table;
        this.stored = stored;
        this.artifacts = artifacts;
        this.room = room;
        retention = config.retention();
    }

    /** Begins a file; the caller closes it, whatever happens. */
    BatchUpload begin() {
        return new BatchUpload(artifacts.begin(), room.begin());
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
    <T> T keep(BatchUpload upload, Function<Handle, T> work) {
        StoredFile file = upload.end();
        note(file);
        try {
            return database.transaction(
                    tx -> {
                        lock(tx);
                        stored.note(tx, file);
                        artifacts.keep(upload.file());
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
                    room.require(tx, file.digest(), 0);
                    stored.note(tx, file);
                    return file;
                });
    }

    /** Forgets files of jobs that ended so long ago; {@link #sweep} removes them. */
    void forgetOld(Consumer<Handle> fence) {
        database.transaction(
                tx -> {
                    fence.accept(tx);
                    lock(tx);
                    return table.forgetFiles(tx, retention);
                });
    }

    /**
     * Removes files of this server's store that nobody names. Each is forgotten after it is gone:
     * should this server be killed in between, or the transaction fail, it is removed again.
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
