package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets the leader look after old hours of the log. */
@Singleton
final class LogArchivingTask implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final Leadership leadership;
    private final LogArchiving archiving;
    private final LogFileProgress progress;
    private @Nullable PeriodicTask task;
    private @Nullable PeriodicTask sweep;

    LogArchivingTask(Leadership leadership, LogArchiving archiving, LogFileProgress progress) {
        this.leadership = leadership;
        this.archiving = archiving;
        this.progress = progress;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("prediction-log-files", PERIOD, this::round);
        sweep = PeriodicTask.start("prediction-log-sweep", SWEEP, archiving::removeOldHere);
    }

    private void round() {
        leadership.epoch().ifPresentOrElse(this::round, progress::clear);
    }

    private void round(long epoch) {
        archiving.round(epoch, tx -> leadership.fence(tx, epoch));
    }

    @Override
    @PreDestroy
    public void close() {
        for (PeriodicTask running : Arrays.asList(task, sweep)) {
            if (running != null) {
                running.close();
            }
        }
    }
}
