package dev.tidegate.server.inference;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes sessions that nobody holds any more. Whoever lets one go last may be a transport's thread,
 * which must not wait until the runtime has freed a graph.
 */
@Singleton
final class SessionCloser implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCloser.class);

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("session-closer").daemon().factory());

    /** Starts the thread, which inherits the priority of whoever starts it. */
    SessionCloser() {
        thread.execute(() -> {});
    }

    /** Closes it soon; now, when the server is shutting down. */
    void close(Runnable session) {
        try {
            thread.execute(() -> closeNow(session));
        } catch (RejectedExecutionException e) {
            closeNow(session);
        }
    }

    private static void closeNow(Runnable session) {
        try {
            session.run();
        } catch (RuntimeException e) {
            LOG.error("a session could not be closed", e);
        }
    }

    /** Closes what is left first. */
    @Override
    @PreDestroy
    public void close() {
        thread.close();
    }
}
