package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.leader.Leadership;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets the leader end the runs whose server is gone, after a kill for example. */
@Singleton
final class AbandonedRuns implements Startup, AutoCloseable {
    static final String REASON =
            "nobody runs it any more: its server ended, or could not write how the run ended";
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Database database;
    private final Leadership leadership;
    private final TrainingRuns runs;
    private final TrainingBook book;
    private @Nullable PeriodicTask task;

    AbandonedRuns(Database database, Leadership leadership, TrainingRuns runs, TrainingBook book) {
        this.database = database;
        this.leadership = leadership;
        this.runs = runs;
        this.book = book;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("abandoned-trainings", PERIOD, this::round);
    }

    private void round() {
        leadership.epoch().ifPresent(this::endAll);
    }

    private void endAll(long epoch) {
        database.transaction(
                tx -> {
                    leadership.fence(tx, epoch);
                    book.abandoned(tx, runs.running(), GRACE)
                            .forEach(
                                    run ->
                                            book.move(
                                                    tx,
                                                    run,
                                                    TrainingState.FAILED,
                                                    REASON,
                                                    "tidegate"));
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
