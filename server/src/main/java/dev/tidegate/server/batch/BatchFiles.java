package dev.tidegate.server.batch;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private final ArtifactStore artifacts;

    BatchFiles(Database database, BatchTable table, ArtifactStore artifacts) {
        this.database = database;
        this.table = table;
        this.artifacts = artifacts;
    }

    ArtifactUpload begin() {
        return artifacts.begin();
    }

    /** Returns the file after its content has been held against its digest. */
    Path verified(StoredFile file) {
        return artifacts.verified(file.digest());
    }

    /**
     * Takes a file in and does work that names it, both or none.
     *
     * @param upload whole; the caller closes it
     */
    <T> T keep(ArtifactUpload upload, Function<Handle, T> work) {
        String digest = upload.digest();
        try {
            return database.transaction(
                    tx -> {
                        lock(tx);
                        artifacts.keep(upload);
                        return work.apply(tx);
                    });
        } catch (RuntimeException | Error e) {
            try {
                discardUnreferenced(digest);
            } catch (RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
    }

    /** Removes a file that came for nothing. */
    void discardUnreferenced(String digest) {
        database.transaction(
                tx -> {
                    lock(tx);
                    if (!table.isReferenced(tx, digest)) {
                        artifacts.discard(digest);
                    }
                    return true;
                });
    }

    /** Removes files of jobs that ended so long ago. */
    void removeOld(Handle tx, Duration age) {
        lock(tx);
        List<String> digests = table.forgetFiles(tx, age);
        digests.forEach(artifacts::discard);
        if (!digests.isEmpty()) {
            LOG.info("{} files of batch jobs were removed for their age", digests.size());
        }
    }

    /** Keeps files from being removed until the transaction ends. */
    void lock(Handle tx) {
        tx.createQuery("select pg_advisory_xact_lock(:lock)::text")
                .bind("lock", LOCK)
                .mapTo(String.class)
                .one();
    }
}
