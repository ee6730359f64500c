package dev.tidegate.server.retraining;

import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down where one run stands, and tells its listener. A state that cannot be written, because
 * the database is away, does not stop the training; the next one is.
 */
final class RunRecord implements Consumer<TrainingProgress> {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

    private final TrainingBook book;
    private final UUID run;
    private final String principal;
    private final Consumer<TrainingProgress> listener;
    private TrainingState state = TrainingState.QUEUED;

    RunRecord(TrainingBook book, UUID run, String principal, Consumer<TrainingProgress> listener) {
        this.book = book;
        this.run = run;
        this.principal = principal;
        this.listener = listener;
    }

    @Override
    public void accept(TrainingProgress progress) {
        if (progress.state() != state) {
            state = progress.state();
            write(state, progress.message());
        }
        listener.accept(progress);
    }

    /** Writes that the run ended without a version: cancelled when its thread was interrupted. */
    void end(Exception cause) {
        boolean interrupted = Thread.interrupted() || cause instanceof InterruptedException;
        if (interrupted) {
            write(TrainingState.CANCELLED, "stopped: its caller has gone");
            if (!(cause instanceof InterruptedException)) {
                Thread.currentThread().interrupt();
            }
        } else {
            write(TrainingState.FAILED, String.valueOf(cause.getMessage()));
        }
    }

    private void write(TrainingState next, String message) {
        try {
            book.move(run, next, message, principal);
        } catch (RuntimeException e) {
            LOG.warn("training {} is {}, which cannot be written: {}", run, next, e.getMessage());
        }
    }
}
