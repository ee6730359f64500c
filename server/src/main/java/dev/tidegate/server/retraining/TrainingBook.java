package dev.tidegate.server.retraining;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps where each run stands; every change comes with its audit event or not at all. */
@Singleton
final class TrainingBook {
    private final Database database;
    private final TrainingRunTable table;
    private final AuditTrail audit;
    private final Replica replica;

    TrainingBook(Database database, TrainingRunTable table, AuditTrail audit, Replica replica) {
        this.database = database;
        this.table = table;
        this.audit = audit;
        this.replica = replica;
    }

    void queue(TrainingRequest request, String principal) {
        database.transaction(
                tx -> {
                    table.insert(tx, request, replica.boot(), principal);
                    return record(
                            tx,
                            request.run(),
                            TrainingState.QUEUED,
                            principal,
                            Map.of(
                                    "model", request.model(),
                                    "algorithm", Words.of(request.algorithm()),
                                    "target", request.target(),
                                    "seed", request.seed()));
                });
    }

    /** Moves a run on; nothing happens to one that has ended. */
    void move(UUID run, TrainingState state, String message, String principal) {
        database.transaction(tx -> move(tx, run, state, message, principal));
    }

    boolean move(Handle tx, UUID run, TrainingState state, String message, String principal) {
        return table.move(tx, run, state, message)
                .map(
                        model ->
                                record(
                                        tx,
                                        run,
                                        state,
                                        principal,
                                        Map.of("model", model, "message", message)))
                .orElse(false);
    }

    /** Ends a run in the transaction that registers its version. */
    void registered(Handle tx, UUID run, RegisteredVersion version, String principal) {
        if (!table.register(tx, run, version)) {
            throw TidegateException.conflict(
                    "training %s has ended before its version was registered".formatted(run));
        }
        record(
                tx,
                run,
                TrainingState.REGISTERED,
                principal,
                Map.of(
                        "model", version.model(),
                        "version", version.version(),
                        "digest", version.digest()));
    }

    /** Returns the runs that have not ended although nobody runs them any more. */
    List<UUID> abandoned(Handle tx, Collection<UUID> running, Duration grace) {
        return table.abandoned(tx, replica.boot(), running, grace);
    }

    private boolean record(
            Handle tx, UUID run, TrainingState state, String principal, Map<String, ?> detail) {
        audit.append(
                tx,
                new AuditEvent(
                        principal,
                        "training." + state.name().toLowerCase(Locale.ROOT),
                        "training/" + run,
                        detail));
        return true;
    }
}
