package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of low priority that look into files before a job is taken. Native code, which reads
 * Parquet, would hold the carrier of a virtual thread, and takes memory beside the heap: so there
 * are few, and few wait for them.
 */
@Singleton
final class FileChecks implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING = 16;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    work ->
                            Thread.ofPlatform()
                                    .name("batch-check")
                                    .daemon()
                                    .unstarted(
                                            () -> {
                                                ThreadNiceness.lower();
                                                work.run();
                                            }));

    FileChecks() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does the work there, and waits for its end.
     *
     * @throws TidegateException exhausted when too many wait already
     */
    void run(Runnable work) {
        Future<?> task;
        try {
            task = threads.submit(work);
        } catch (RejectedExecutionException e) {
            if (threads.isShutdown()) {
                throw ending();
            }
            throw TidegateException.exhausted(
                    "%d files wait to be looked into already, which is the most that may; try again later"
                            .formatted(WAITING),
                    RETRY);
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (CancellationException e) {
            throw ending();
        } catch (InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw ending();
        }
    }

    private static TidegateException ending() {
        return TidegateException.unavailable("the server is shutting down; connect again");
    }

    private static RuntimeException failure(ExecutionException end) {
        return end.getCause() instanceof RuntimeException failure
                ? failure
                : new TidegateException(
                        ErrorCode.INTERNAL, "the rows could not be read: " + end.getCause(), end);
    }

    @Override
    @PreDestroy
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Future<?> task) {
                task.cancel(false);
            }
        }
    }
}
