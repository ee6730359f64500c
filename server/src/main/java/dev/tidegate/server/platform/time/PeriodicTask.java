package dev.tidegate.server.platform.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again on a thread of its own. A failure is logged once until the work
 * succeeds again, and does not end it.
 */
public final class PeriodicTask implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

    private final String name;
    private final Duration period;
    private final Runnable work;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    private PeriodicTask(String name, Duration period, Runnable work) {
        this.name = name;
        this.period = period;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::loop);
    }

    /** Starts the work; its first run is now. */
    public static PeriodicTask start(String name, Duration period, Runnable work) {
        PeriodicTask task = new PeriodicTask(name, period, work);
        task.thread.start();
        return task;
    }

    /** Does not wait for the end of the period. */
    public void wake() {
        wakeUps.release();
    }

    private void loop() {
        while (!closed) {
            once();
            try {
                if (wakeUps.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void once() {
        try {
            work.run();
            if (failing) {
                LOG.info("{} works again", name);
            }
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!closed && !failing) {
                LOG.warn("{} failed and is tried again every {}", name, ReadableTime.of(period), e);
            }
            failing = true;
        }
    }

    /** Ends the work; returns when a run in progress is over. */
    @Override
    public void close() {
        closed = true;
        wakeUps.release();
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
