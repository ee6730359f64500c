package dev.tidegate.server.batch;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets the leader remove inputs and results of jobs that ended long ago; their rows stay. */
@Singleton
final class BatchRetention implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Database database;
    private final Leadership leadership;
    private final BatchFiles files;
    private final Duration retention;
    private @Nullable PeriodicTask task;

    BatchRetention(Database database, Leadership leadership, BatchFiles files, BatchConfig config) {
        this.database = database;
        this.leadership = leadership;
        this.files = files;
        this.retention = config.retention();
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("batch-retention", PERIOD, this::round);
    }

    private void round() {
        leadership.epoch().ifPresent(this::removeOld);
    }

    private void removeOld(long epoch) {
        database.transaction(
                tx -> {
                    leadership.fence(tx, epoch);
                    files.removeOld(tx, retention);
                    return true;
                });
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
