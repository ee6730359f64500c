package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that run what waits for them, together where that is possible. */
final class WorkerThreads implements AutoCloseable {
    private final WaitingRequests waiting;
    private final MonotonicClock clock;
    private final ThreadPoolExecutor threads;

    WorkerThreads(String name, InferenceConfig config, MonotonicClock clock) {
        this.clock = clock;
        waiting = new WaitingRequests(config.workerCount(), config.queue(), config.maxBatch());
        threads =
                new ThreadPoolExecutor(
                        config.workerCount(),
                        config.workerCount(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** Runs it soon, or refuses it at once. */
    void execute(Attempt attempt) {
        waiting.add(attempt);
        try {
            threads.execute(this::serve);
        } catch (RejectedExecutionException e) {
            waiting.remove(attempt);
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }

    /** Returns whether requests wait for a thread. */
    boolean haveBacklog() {
        return !waiting.isEmpty();
    }

    /** Serves one group; as many turns come as requests, so the last of them find nothing left. */
    private void serve() {
        List<Attempt> group = waiting.take();
        if (group.isEmpty()) {
            return;
        }
        try {
            new BatchRun(group, clock).run();
            group.forEach(Attempt::answerOrGiveUp);
        } finally {
            waiting.done();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
