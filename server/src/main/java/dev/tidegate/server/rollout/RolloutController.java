package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the evidence of every running rollout again and again while this replica leads.
 *
 * <p>A look is one transaction behind the leadership's fence. When it fails after it folded
 * something, the fold in memory is thrown away and folded again from the database at the next look.
 */
@Singleton
final class RolloutController implements Startup, AutoCloseable {
    private final RolloutConfig config;
    private final Database database;
    private final Leadership leadership;
    private final RolloutTable table;
    private final RolloutLook look;
    private final KnownFolds folds = new KnownFolds();
    private long epoch;
    private @Nullable PeriodicTask task;

    RolloutController(
            RolloutConfig config,
            Database database,
            Leadership leadership,
            RolloutTable table,
            RolloutLook look) {
        this.config = config;
        this.database = database;
        this.leadership = leadership;
        this.table = table;
        this.look = look;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("rollout-controller", config.look(), this::round);
    }

    private void round() {
        OptionalLong leading = leadership.epoch();
        if (leading.isEmpty()) {
            folds.clear();
            return;
        }
        if (leading.getAsLong() != epoch) {
            folds.clear();
            epoch = leading.getAsLong();
        }
        List<Rollout> running = database.read(table::running);
        forgetAllBut(running);
        lookAtEach(running);
    }

    /** Looks at all of them, also when one fails; then fails with the first failure. */
    private void lookAtEach(List<Rollout> running) {
        RuntimeException first = null;
        for (Rollout rollout : running) {
            try {
                lookAt(rollout.id());
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void forgetAllBut(List<Rollout> running) {
        Set<UUID> ids = new HashSet<>();
        running.forEach(rollout -> ids.add(rollout.id()));
        folds.forgetAllBut(ids);
    }

    private void lookAt(UUID id) {
        folds.during(id, () -> database.transaction(tx -> lookAt(tx, id)));
    }

    private Rollout lookAt(Handle tx, UUID id) {
        leadership.fence(tx, epoch);
        Rollout rollout = table.lock(tx, id);
        RolloutFold fold = folds.of(id, () -> look.restore(tx, rollout));
        if (!rollout.state().hasEnded()) {
            look.take(tx, rollout, fold);
        }
        return rollout;
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
