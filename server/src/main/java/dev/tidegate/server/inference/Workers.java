package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.stats.Arm;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for versions that would hold up a transport's thread. Candidates have their own, so that
 * a slow one takes no thread from the champion.
 */
@Singleton
final class Workers implements AutoCloseable {
    /** Threads that ask the registry: a third of the connections to the database. */
    private static final int LOOKUPS = 4;

    private static final int WAITING_LOOKUPS = 256;

    private final WorkerThreads champions;
    private final WorkerThreads candidates;
    private final ThreadPoolExecutor lookups;
    private final ExecutorService brief =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("inference-brief-", 0).factory());
    private final ExecutorService waiting =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("inference-remote-", 0).factory());
    private final ScheduledThreadPoolExecutor timer;

    Workers(InferenceConfig config, MonotonicClock clock) {
        lookups =
                new ThreadPoolExecutor(
                        LOOKUPS,
                        LOOKUPS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_LOOKUPS),
                        Thread.ofPlatform().name("inference-lookup-", 0).daemon().factory());
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("inference-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        champions = new WorkerThreads("inference-champion-", config, clock, timer);
        candidates = new WorkerThreads("inference-candidate-", config, clock, timer);
    }

    /**
     * Runs it soon, together with others where that is possible, or refuses it at once. What waits
     * for another server takes none of the few threads; its session bounds how many do.
     */
    void execute(Arm arm, Attempt attempt) {
        if (attempt.version().isRemote()) {
            waiting.execute(attempt);
        } else {
            (arm == Arm.CANDIDATE ? candidates : champions).execute(attempt);
        }
    }

    /**
     * Runs a request that needs the registry first, or refuses it at once: requests that name what
     * nobody knows must not keep the database from those that hold leases.
     */
    void executeLookup(Runnable run) {
        try {
            lookups.execute(run);
        } catch (RejectedExecutionException e) {
            throw TidegateException.exhausted(
                    "%d requests wait for the registry already, which is the most that may; try again later"
                            .formatted(WAITING_LOOKUPS));
        }
    }

    /** Returns whether requests wait for a thread. */
    boolean haveBacklog() {
        return champions.haveBacklog() || candidates.haveBacklog();
    }

    /** Runs work that is over in no time. */
    void executeBriefly(Runnable run) {
        brief.execute(run);
    }

    ScheduledFuture<?> after(long nanos, Runnable alarm) {
        return timer.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    @PreDestroy
    public void close() {
        timer.shutdownNow();
        champions.close();
        candidates.close();
        lookups.shutdown();
        brief.shutdown();
        waiting.shutdown();
    }
}
