package dev.tidegate.server.batch;

import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which files of the artifact store are there for batch jobs. */
@Singleton
final class BatchFileTable {
    private static final String UNNAMED =
            " not exists (select from model_version v where v.digest = f.digest) and not exists"
                    + " (select from batch_job j where j.input_digest = f.digest or j.output_digest ="
                    + " f.digest)";

    void note(Handle tx, StoredFile file) {
        tx.createUpdate(
                        "insert into batch_file (digest, bytes) values (:digest, :bytes)"
                                + " on conflict do nothing")
                .bind("digest", file.digest())
                .bind("bytes", file.bytes())
                .execute();
    }

    /** Returns the bytes of all files but this one. */
    long bytesBeside(Handle handle, String digest) {
        return handle.createQuery(
                        "select coalesce(sum(bytes), 0) from batch_file where digest <> :digest")
                .bind("digest", digest)
                .mapTo(Long.class)
                .one();
    }

    /** Returns the digests of files that neither a job nor a version names. */
    List<String> unnamed(Handle handle) {
        return handle.createQuery("select digest from batch_file f where" + UNNAMED)
                .mapTo(String.class)
                .list();
    }

    /** Forgets a file that has been removed. */
    void forget(Handle tx, String digest) {
        tx.createUpdate("delete from batch_file where digest = :digest")
                .bind("digest", digest)
                .execute();
    }
}
