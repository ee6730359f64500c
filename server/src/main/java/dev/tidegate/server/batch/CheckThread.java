package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread of low priority for work on one file. Native code, which reads Parquet, would hold the
 * carrier of a virtual thread.
 */
final class CheckThread {
    private CheckThread() {}

    /** Does the work there, and waits for its end. */
    static void run(Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        Thread.ofPlatform()
                .name("batch-check")
                .daemon()
                .start(
                        () -> {
                            ThreadNiceness.lower();
                            task.run();
                        });
        try {
            task.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }

    private static RuntimeException failure(ExecutionException end) {
        return end.getCause() instanceof RuntimeException failure
                ? failure
                : new TidegateException(
                        ErrorCode.INTERNAL, "the rows could not be read: " + end.getCause(), end);
    }
}
