package dev.tidegate.server.batch;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Removes inputs and results of jobs that ended long ago, whose rows stay, and files that a killed
 * server left: the leader says which, and each server removes those of its own store.
 */
@Singleton
final class BatchRetention implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Leadership leadership;
    private final BatchFiles files;
    private @Nullable PeriodicTask task;

    BatchRetention(Leadership leadership, BatchFiles files) {
        this.leadership = leadership;
        this.files = files;
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
        leadership.epoch().ifPresent(this::forgetOld);
        files.sweep();
    }

    private void forgetOld(long epoch) {
        files.forgetOld(tx -> leadership.fence(tx, epoch));
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
