package dev.tidegate.server.evidence;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the leader drop rows of evidence that nobody asks for any more, a portion at a time. */
@Singleton
final class EvidenceRetention implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** Rows of one transaction. */
    private static final int PORTION = 10_000;

    /** The epochs of steps, as {@link EvidenceFeed} folds them. */
    private static final String ROWS =
            "delete from evidence_row where ctid in (select e.ctid from evidence_row e"
                    + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                    + " where b.second < clock_timestamp() - :retention * interval '1 ms'"
                    + " and not exists (select from route r join rollout o on o.id = r.rollout_id"
                    + " where r.epoch = e.epoch and r.weight > 0 and (o.ended_at is null"
                    + " or o.ended_at > clock_timestamp() - :rollout * interval '1 ms'))"
                    + " limit :portion)";

    /** Batches that tell of a gap stay as long as a rollout that it may have touched. */
    private static final String BATCHES =
            "delete from evidence_batch where ctid in (select b.ctid from evidence_batch b"
                    + " where b.second < clock_timestamp() - :retention * interval '1 ms'"
                    + " and not exists (select from evidence_row e where e.boot = b.boot"
                    + " and e.sequence = b.sequence)"
                    + " and (b.lost = 0 or b.second < clock_timestamp() - :rollout * interval '1 ms')"
                    + " and not exists (select from journal_boot j where j.boot = b.boot"
                    + " and j.lost_at is not null) limit :portion)";

    private final EvidenceConfig config;
    private final Database database;
    private final Leadership leadership;
    private @Nullable PeriodicTask task;

    EvidenceRetention(EvidenceConfig config, Database database, Leadership leadership) {
        this.config = config;
        this.database = database;
        this.leadership = leadership;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("evidence-retention", PERIOD, this::round);
    }

    private void round() {
        if (leadership.epoch().isPresent()) {
            drop();
        }
    }

    /** Drops what is too old now. */
    void drop() {
        dropAll(ROWS);
        dropAll(BATCHES);
    }

    private void dropAll(String sql) {
        int dropped = PORTION;
        while (dropped == PORTION) {
            dropped =
                    database.transaction(
                            tx ->
                                    tx.createUpdate(sql)
                                            .bindMap(
                                                    Map.of(
                                                            "retention",
                                                            config.retention().toMillis(),
                                                            "rollout",
                                                            config.rolloutRetention().toMillis(),
                                                            "portion",
                                                            PORTION))
                                            .execute());
        }
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
