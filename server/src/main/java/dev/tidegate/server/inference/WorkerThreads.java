package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that run what waits for them, together where that is possible. */
final class WorkerThreads implements AutoCloseable {
    private final WaitingRequests waiting;
    private final MonotonicClock clock;
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor threads;
    private final int most;

    /** Threads that serve, or are about to. */
    private final AtomicInteger serving = new AtomicInteger();

    /**
     * @param timer wakes a thread when those that wait for others have waited long enough
     */
    WorkerThreads(
            String name,
            InferenceConfig config,
            MonotonicClock clock,
            ScheduledExecutorService timer) {
        this.clock = clock;
        this.timer = timer;
        most = config.workerCount();
        waiting = new WaitingRequests(most, config.queue(), config.maxBatch());
        threads =
                new ThreadPoolExecutor(
                        most,
                        most,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** Runs it soon, or refuses it at once. */
    void execute(Attempt attempt) {
        waiting.add(attempt);
        try {
            long now = clock.nanos();
            if (waiting.isDue(now)) {
                wake();
            }
            long wait = attempt.waitsUntil() - now;
            if (wait > 0) {
                ScheduledFuture<?> unused =
                        timer.schedule(this::wakeIfDue, wait, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            if (waiting.remove(attempt)) {
                throw TidegateException.unavailable("the server is shutting down; connect again");
            }
        }
    }

    /** Returns whether requests wait for a thread, and not for others. */
    boolean haveBacklog() {
        return waiting.isDue(clock.nanos());
    }

    private void wakeIfDue() {
        if (waiting.isDue(clock.nanos())) {
            wake();
        }
    }

    private void wake() {
        if (begin()) {
            try {
                threads.execute(this::serve);
            } catch (RejectedExecutionException e) {
                serving.decrementAndGet();
                throw e;
            }
        }
    }

    private boolean begin() {
        int now = serving.get();
        while (now < most) {
            int witness = serving.compareAndExchange(now, now + 1);
            if (witness == now) {
                return true;
            }
            now = witness;
        }
        return false;
    }

    /** Serves one group after another, those too that came when all threads were just leaving. */
    private void serve() {
        do {
            try {
                while (servedAGroup()) {}
            } finally {
                serving.decrementAndGet();
            }
        } while (waiting.isDue(clock.nanos()) && begin());
    }

    private boolean servedAGroup() {
        List<Attempt> group = waiting.take(clock.nanos());
        if (group.isEmpty()) {
            return false;
        }
        try {
            new BatchRun(group, clock).run();
            group.forEach(Attempt::answerOrGiveUp);
        } finally {
            waiting.done();
        }
        return true;
    }

    @Override
    public void close() {
        waiting.hurry();
        if (!threads.isShutdown()) {
            wake();
        }
        threads.shutdown();
    }
}
