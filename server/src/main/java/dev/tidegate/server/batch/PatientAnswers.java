package dev.tidegate.server.batch;

import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.RowInputs;
import dev.tidegate.server.inference.RowOutcome;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers of a version that may be away for a while: what it left unanswered is asked again, after
 * pauses that grow.
 */
final class PatientAnswers {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    /**
     * How often a row may have no answer in time before that is taken to be the row's own fault.
     */
    private static final int SLOW_TRIES = 3;

    private final BulkVersion version;
    private final MonotonicClock clock;
    private final long patience;
    private final Consumer<String> onWait;
    private final Runnable requireWanted;

    /**
     * @param patience how long nothing at all is answered before it is given up
     * @param onWait hears what is waited for, before each pause
     * @param requireWanted throws when the attempt is not to go on
     */
    PatientAnswers(
            BulkVersion version,
            MonotonicClock clock,
            Duration patience,
            Consumer<String> onWait,
            Runnable requireWanted) {
        this.version = version;
        this.clock = clock;
        this.patience = patience.toNanos();
        this.onWait = onWait;
        this.requireWanted = requireWanted;
    }

    /**
     * Returns what came of each row.
     *
     * @throws VersionAwayException when the version was away for too long
     */
    List<RowOutcome> of(List<RowInputs> rows) throws InterruptedException {
        List<RowOutcome> outcomes = new ArrayList<>(rows.size());
        long heard = clock.nanos();
        long pause = FIRST_PAUSE;
        int slow = 0;
        while (outcomes.size() < rows.size()) {
            int before = outcomes.size();
            try {
                version.answer(rows.subList(before, rows.size()), outcomes);
            } catch (TidegateException e) {
                requireWanted.run();
                boolean isLate = e.code() == ErrorCode.DEADLINE_EXCEEDED;
                if (!isLate && !isAway(e)) {
                    throw e;
                }
                slow = outcomes.size() > before ? 0 : slow;
                slow += isLate ? 1 : 0;
                if (slow == SLOW_TRIES) {
                    outcomes.add(new RowOutcome.Failed(e.text()));
                    slow = 0;
                }
                if (outcomes.size() > before) {
                    heard = clock.nanos();
                    pause = FIRST_PAUSE;
                } else if (clock.nanos() - heard >= patience) {
                    throw new VersionAwayException(e);
                }
                onWait.accept(e.text());
                sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
        return outcomes;
    }

    /**
     * Returns whether a version answers nobody for now, which says nothing of what it was asked.
     */
    static boolean isAway(TidegateException e) {
        return e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.EXHAUSTED;
    }

    private void sleep(long pause) throws InterruptedException {
        long end = clock.nanos() + pause;
        for (long left = pause; left > 0; left = end - clock.nanos()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, FIRST_PAUSE));
            requireWanted.run();
        }
    }
}
