package dev.tidegate.server.batch;

import dev.tidegate.server.registry.ArtifactStore;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which files of this server's artifact store are there for batch jobs. */
@Singleton
final class BatchFileTable {
    private static final String HERE = " f.store in (:store, '')";
    private static final String UNNAMED =
            " not exists (select from model_version v where v.digest = f.digest) and not exists"
                    + " (select from batch_job j where j.input_digest = f.digest or j.output_digest ="
                    + " f.digest)";

    private final ArtifactStore artifacts;

    BatchFileTable(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    void note(Handle tx, StoredFile file) {
        tx.createUpdate(
                        "insert into batch_file (digest, bytes, store) values (:digest, :bytes,"
                                + " :store) on conflict do nothing")
                .bind("digest", file.digest())
                .bind("bytes", file.bytes())
                .bind("store", artifacts.name())
                .execute();
    }

    /** Returns the bytes of all files but this one. */
    long bytesBeside(Handle handle, String digest) {
        return handle.createQuery(
                        "select coalesce(sum(bytes), 0) from (select distinct digest, bytes from"
                                + " batch_file f where digest <> :digest and"
                                + HERE
                                + ") files")
                .bind("digest", digest)
                .bind("store", artifacts.name())
                .mapTo(Long.class)
                .one();
    }

    /** Returns the digests of files that neither a job nor a version names. */
    List<String> unnamed(Handle handle) {
        return handle.createQuery(
                        "select distinct digest from batch_file f where" + HERE + " and" + UNNAMED)
                .bind("store", artifacts.name())
                .mapTo(String.class)
                .list();
    }

    /** Forgets a file that has been removed. */
    void forget(Handle tx, String digest) {
        tx.createUpdate("delete from batch_file f where digest = :digest and" + HERE)
                .bind("digest", digest)
                .bind("store", artifacts.name())
                .execute();
    }
}
