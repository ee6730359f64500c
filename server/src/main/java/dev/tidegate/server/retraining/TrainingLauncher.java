package dev.tidegate.server.retraining;

import java.util.function.Consumer;

/** Has retrainings run somewhere else than in this process. */
public interface TrainingLauncher {
    /**
     * Runs one retraining to its end.
     *
     * @param listener hears where the run stands, from any thread
     * @throws dev.tidegate.server.platform.error.TidegateException when the run failed, with its
     *     own message
     * @throws InterruptedException when this thread was interrupted; the run has been stopped
     */
    TrainingReport launch(TrainingRequest request, Consumer<TrainingProgress> listener)
            throws InterruptedException;
}
