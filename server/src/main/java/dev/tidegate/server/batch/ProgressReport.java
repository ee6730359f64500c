package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Writes how far an attempt is, twice a second at most; a database that is gone stops nothing. */
final class ProgressReport implements Predicate<BatchProgress> {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

    private final BatchBook book;
    private final BatchJob job;
    private final MonotonicClock clock;
    private long next;

    ProgressReport(BatchBook book, BatchJob job, MonotonicClock clock) {
        this.book = book;
        this.job = job;
        this.clock = clock;
        this.next = clock.nanos();
    }

    @Override
    public boolean test(BatchProgress progress) {
        if (clock.nanos() - next < 0) {
            return true;
        }
        next = clock.nanos() + PERIOD;
        try {
            return book.progress(job, progress);
        } catch (TidegateException e) {
            if (e.code().kind() != ErrorKind.UNAVAILABLE) {
                throw e;
            }
            return true;
        }
    }
}
