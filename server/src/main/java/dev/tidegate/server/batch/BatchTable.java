package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of batch jobs. */
@Singleton
final class BatchTable {
    private static final String SELECT =
            "select b.*, m.name as model, v.version, coalesce(extract(epoch from"
                    + " coalesce(b.ended_at, clock_timestamp()) - b.attempt_at), 0)::double precision"
                    + " as seconds from batch_job b join model_version v on v.id = b.version_id join"
                    + " model m on m.id = v.model_id";

    /** Jobs among which one is looked for. */
    private static final int LOOKED_AT = 100;

    private static final String MINE =
            " where id = :id and state = 'RUNNING' and boot = :boot and attempts = :attempts";

    void insert(
            Handle tx,
            UUID id,
            long versionId,
            NewBatch batch,
            StoredFile input,
            String principal) {
        tx.createUpdate(
                        "insert into batch_job (id, version_id, state, input_name, input_digest,"
                                + " input_bytes, output_form, keep_columns, submitted_by) values (:id,"
                                + " :version, 'QUEUED', :name, :digest, :bytes, :form, :keep, :by)")
                .bind("id", id)
                .bind("version", versionId)
                .bind("name", batch.inputName())
                .bind("digest", input.digest())
                .bind("bytes", input.bytes())
                .bind("form", batch.form().name())
                .bindArray("keep", String.class, batch.keep().toArray())
                .bind("by", principal)
                .execute();
    }

    /** Returns the job, or refuses an id that none has. */
    BatchJob get(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " where b.id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne()
                .orElseThrow(
                        () ->
                                TidegateException.notFound(
                                        "batch job '%s' is unknown; 'tidegate batch list' shows the jobs"
                                                .formatted(Excerpt.of(id.toString()))));
    }

    /** Returns the newest jobs, newest first; an empty model means all models. */
    List<BatchJob> list(Handle handle, String model, int limit) {
        return handle.createQuery(
                        SELECT
                                + " where :model = '' or m.name = :model order by b.submitted_at"
                                + " desc, b.id limit :limit")
                .bind("model", model)
                .bind("limit", limit)
                .map((row, context) -> job(row))
                .list();
    }

    /** Returns how many jobs are in each state that is not an end. */
    Map<BatchState, Long> open(Handle handle) {
        Map<BatchState, Long> open = new EnumMap<>(BatchState.class);
        open.put(BatchState.QUEUED, 0L);
        open.put(BatchState.RUNNING, 0L);
        handle.createQuery(
                        "select state, count(*) as jobs from batch_job where ended_at is null"
                                + " group by state")
                .map(
                        (row, context) ->
                                open.put(
                                        BatchState.valueOf(row.getString("state")),
                                        row.getLong("jobs")))
                .list();
        return open;
    }

    int waiting(Handle handle) {
        return handle.createQuery("select count(*) from batch_job where state = 'QUEUED'")
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Returns the oldest job that nobody runs, locked: one that waits, or one whose server's lease
     * is over. A replica runs one job at a time, so that one with its own boot is abandoned too.
     *
     * @param grace how long another server's lease must be over
     * @param isHere whether this server has the input of that digest; a job whose input another
     *     server may have is left to that one
     */
    Optional<UUID> next(Handle tx, UUID boot, Duration grace, Predicate<String> isHere) {
        boolean alone = isAlone(tx, boot);
        return tx
                .createQuery(
                        "select id, input_digest from batch_job b where (state = 'QUEUED' and"
                                + " not_before <= clock_timestamp()) or (state = 'RUNNING'"
                                + " and (boot = :boot or not exists (select from replica p where p.boot"
                                + " = b.boot and p.lease_until > clock_timestamp() - :grace * interval"
                                + " '1 ms'))) order by submitted_at for update skip locked limit :most")
                .bind("boot", boot)
                .bind("grace", grace.toMillis())
                .bind("most", LOOKED_AT)
                .map(
                        (row, context) ->
                                Map.entry(
                                        row.getObject("id", UUID.class),
                                        row.getString("input_digest")))
                .list()
                .stream()
                .filter(job -> alone || isHere.test(job.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isAlone(Handle handle, UUID boot) {
        return handle.createQuery(
                        "select not exists (select from replica where boot <> :boot and lease_until"
                                + " > clock_timestamp())")
                .bind("boot", boot)
                .mapTo(Boolean.class)
                .one();
    }

    /** Begins an attempt on a job that is locked. */
    void begin(Handle tx, UUID id, UUID boot) {
        tx.createUpdate(
                        "update batch_job set state = 'RUNNING', boot = :boot, attempts = attempts"
                                + " + 1, message = '', row_count = 0, failed_count = 0, progress = 0,"
                                + " started_at = coalesce(started_at, clock_timestamp()), attempt_at ="
                                + " clock_timestamp(), changed_at = clock_timestamp() where id = :id")
                .bind("id", id)
                .bind("boot", boot)
                .execute();
    }

    /** Writes how far the attempt is; returns whether it is still this server's. */
    boolean progress(Handle tx, BatchJob job, UUID boot, BatchProgress progress) {
        return tx.createUpdate(
                                "update batch_job set row_count = :rows, failed_count = :failed,"
                                        + " progress = :share, message = '', changed_at ="
                                        + " clock_timestamp()"
                                        + MINE)
                        .bind("rows", progress.rows())
                        .bind("failed", progress.failed())
                        .bind("share", progress.share())
                        .bind("id", job.id())
                        .bind("boot", boot)
                        .bind("attempts", job.attempts())
                        .execute()
                == 1;
    }

    /** Writes what the attempt waits for; returns whether it is still this server's. */
    boolean waits(Handle tx, BatchJob job, UUID boot, String message) {
        return tx.createUpdate(
                                "update batch_job set message = :message, changed_at ="
                                        + " clock_timestamp()"
                                        + MINE)
                        .bind("message", message)
                        .bind("id", job.id())
                        .bind("boot", boot)
                        .bind("attempts", job.attempts())
                        .execute()
                == 1;
    }

    /** Notes that a job goes on that could not before; returns whether it is news. */
    boolean endWaits(Handle tx, BatchJob job) {
        return tx.createUpdate("update batch_job set waits = 0 where id = :id and waits > 0")
                        .bind("id", job.id())
                        .execute()
                == 1;
    }

    /**
     * Puts the job back for whoever takes it next; returns how often in a row it was put aside
     * then, and nothing when it is not this server's any more.
     *
     * @param pause how long nobody takes it
     * @param aside 1 when it could not go on, else 0
     */
    Optional<Integer> putBack(
            Handle tx, BatchJob job, UUID boot, String message, Duration pause, int aside) {
        return tx.createQuery(
                        "update batch_job set state = 'QUEUED', boot = null, message ="
                                + " :message, attempts = attempts - 1, waits = waits + :aside,"
                                + " not_before = clock_timestamp() + :pause * interval '1 ms',"
                                + " changed_at = clock_timestamp()"
                                + MINE
                                + " returning waits")
                .bind("message", message)
                .bind("pause", pause.toMillis())
                .bind("aside", aside)
                .bind("id", job.id())
                .bind("boot", boot)
                .bind("attempts", job.attempts())
                .mapTo(Integer.class)
                .findOne();
    }

    /** Ends the attempt well; returns whether it was still this server's. */
    boolean succeed(Handle tx, BatchJob job, UUID boot, StoredFile output) {
        return tx.createUpdate(
                                "update batch_job set state = 'SUCCEEDED', boot = null,"
                                        + " output_digest = :digest, output_bytes = :bytes, progress ="
                                        + " 1, changed_at = clock_timestamp(), ended_at ="
                                        + " clock_timestamp()"
                                        + MINE)
                        .bind("digest", output.digest())
                        .bind("bytes", output.bytes())
                        .bind("id", job.id())
                        .bind("boot", boot)
                        .bind("attempts", job.attempts())
                        .execute()
                == 1;
    }

    /** Ends a job that has not ended; returns whether it had not. */
    boolean end(Handle tx, UUID id, BatchState state, String message) {
        return tx.createUpdate(
                                "update batch_job set state = :state, boot = null, message ="
                                        + " :message, changed_at = clock_timestamp(), ended_at ="
                                        + " clock_timestamp() where id = :id and ended_at is null")
                        .bind("state", state.name())
                        .bind("message", message)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Lets jobs that ended so long ago name no file any more; returns how many there were. */
    int forgetFiles(Handle tx, Duration age) {
        return tx.createUpdate(
                        "update batch_job set input_digest = '', output_digest = '' where ended_at <"
                                + " clock_timestamp() - :age * interval '1 ms' and input_digest <> ''")
                .bind("age", age.toMillis())
                .execute();
    }

    /** Returns the size of a file that a job has read or written. */
    Optional<Long> bytes(Handle handle, String digest) {
        return handle.createQuery(
                        "select input_bytes from batch_job where input_digest = :digest union"
                                + " select output_bytes from batch_job where output_digest = :digest"
                                + " and output_digest <> '' limit 1")
                .bind("digest", digest)
                .mapTo(Long.class)
                .findOne();
    }

    private static BatchJob job(ResultSet row) throws SQLException {
        BatchState state = BatchState.valueOf(row.getString("state"));
        return new BatchJob(
                row.getObject("id", UUID.class),
                row.getLong("version_id"),
                row.getString("model"),
                row.getString("version"),
                state,
                row.getString("message"),
                row.getString("input_name"),
                new StoredFile(row.getString("input_digest"), row.getLong("input_bytes")),
                ResultForm.valueOf(row.getString("output_form")),
                Arrays.asList((String[]) row.getArray("keep_columns").getArray()),
                new BatchProgress(
                        row.getLong("row_count"),
                        row.getLong("failed_count"),
                        row.getDouble("progress")),
                row.getDouble("seconds"),
                row.getInt("attempts"),
                row.getInt("waits"),
                state == BatchState.SUCCEEDED
                        ? new StoredFile(
                                row.getString("output_digest"), row.getLong("output_bytes"))
                        : null,
                row.getString("submitted_by"),
                row.getTimestamp("submitted_at").toInstant(),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
