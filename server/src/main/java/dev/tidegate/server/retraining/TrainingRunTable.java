package dev.tidegate.server.retraining;

import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of retrainings. */
@Singleton
final class TrainingRunTable {
    private static final String OPEN = " where id = :id and ended_at is null";

    void insert(Handle tx, TrainingRequest request, UUID boot, String principal) {
        tx.createUpdate(
                        "insert into training_run (id, model, algorithm, target, state, message, boot, started_by)"
                                + " values (:id, :model, :algorithm, :target, 'QUEUED', '', :boot, :by)")
                .bind("id", request.run())
                .bind("model", request.model())
                .bind("algorithm", Words.of(request.algorithm()))
                .bind("target", request.target())
                .bind("boot", boot)
                .bind("by", principal)
                .execute();
    }

    /** Moves a run on; returns its model, or nothing when it has ended before. */
    Optional<String> move(Handle tx, UUID run, TrainingState state, String message) {
        return tx.createQuery(
                        "update training_run set state = :state, message = :message,"
                                + " changed_at = clock_timestamp(),"
                                + " ended_at = case when :ended then clock_timestamp() end"
                                + OPEN
                                + " returning model")
                .bind("state", state.name())
                .bind("message", message)
                .bind("ended", state.hasEnded())
                .bind("id", run)
                .mapTo(String.class)
                .findOne();
    }

    /** Ends a run well; returns whether it had not ended before. */
    boolean register(Handle tx, UUID run, RegisteredVersion version) {
        return tx.createUpdate(
                                "update training_run set state = 'REGISTERED', version_id = :version,"
                                        + " message = :message, changed_at = clock_timestamp(),"
                                        + " ended_at = clock_timestamp()"
                                        + OPEN)
                        .bind("version", version.id())
                        .bind("message", "registered as " + version.label())
                        .bind("id", run)
                        .execute()
                == 1;
    }

    /**
     * Returns the runs that have not ended although nobody runs them any more.
     *
     * @param boot this server, which runs the given ones and no others
     * @param grace how old such a run must be, and how long another server's lease over
     */
    List<UUID> abandoned(Handle tx, UUID boot, Collection<UUID> running, Duration grace) {
        return tx.createQuery(
                        "select id from training_run t where ended_at is null and case when boot = :boot"
                                + " then not id = any(:running)"
                                + " and started_at < clock_timestamp() - :grace * interval '1 ms'"
                                + " else not exists (select from replica p where p.boot = t.boot and"
                                + " p.lease_until > clock_timestamp() - :grace * interval '1 ms') end"
                                + " order by started_at for update skip locked")
                .bind("boot", boot)
                .bindArray("running", UUID.class, running.toArray())
                .bind("grace", grace.toMillis())
                .mapTo(UUID.class)
                .list();
    }
}
