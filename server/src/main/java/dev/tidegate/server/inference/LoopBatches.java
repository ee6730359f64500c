package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/**
 * Runs requests together that an event loop reads in one turn.
 *
 * <p>None of them waits for another one: the loop has read them all before it would send the first
 * answer. A lone request runs as soon as the loop has nothing else to read.
 */
@Singleton
final class LoopBatches {
    private final ThreadLocal<LoopBatch> batch;
    private final int most;

    LoopBatches(InferenceConfig config, MonotonicClock clock) {
        most = config.maxBatch();
        long limit = config.inlineLimit().toNanos();
        batch = ThreadLocal.withInitial(() -> new LoopBatch(most, limit, clock));
    }

    /** Returns whether requests run together at all. */
    boolean isOn() {
        return most > 1;
    }

    /**
     * Runs the attempt within this turn of the event loop.
     *
     * @param loop whose thread this is
     */
    void add(Attempt attempt, Executor loop) {
        batch.get().add(attempt, loop);
    }
}
