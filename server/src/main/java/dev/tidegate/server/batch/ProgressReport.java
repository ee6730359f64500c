package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Writes how far an attempt is, twice a second at most; a database that is gone stops nothing. */
final class ProgressReport {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

    private final BatchBook book;
    private final BatchJob job;
    private final MonotonicClock clock;
    private long next;
    private boolean waiting;

    ProgressReport(BatchBook book, BatchJob job, MonotonicClock clock) {
        this.book = book;
        this.job = job;
        this.clock = clock;
        this.next = clock.nanos();
    }

    /** Tells how far the attempt is; returns whether it is to go on. */
    boolean reached(BatchProgress progress) {
        if (clock.nanos() - next < 0 && !waiting) {
            return true;
        }
        next = clock.nanos() + PERIOD;
        waiting = false;
        return write(() -> book.progress(job, progress));
    }

    /** Tells why the attempt makes no progress; throws when it is not to go on. */
    void waitsFor(String reason) {
        if (clock.nanos() - next < 0 && waiting) {
            return;
        }
        next = clock.nanos() + PERIOD;
        waiting = true;
        if (!write(() -> book.waits(job, "it waits: " + reason))) {
            throw new BatchStop();
        }
    }

    private static boolean write(BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (TidegateException e) {
            if (e.code().kind() != ErrorKind.UNAVAILABLE) {
                throw e;
            }
            return true;
        }
    }
}
