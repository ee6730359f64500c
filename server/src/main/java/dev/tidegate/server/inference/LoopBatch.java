package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop has read in this turn and not yet run. Serves the loop's thread alone.
 *
 * <p>All runs come first, then the answers in the order in which the requests came: no arm of a
 * rollout waits for the other's answers, which would make the rarer one look slower.
 */
final class LoopBatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopBatch.class);

    private final int most;
    private final long limit;
    private final MonotonicClock clock;
    private List<Attempt> waiting = new ArrayList<>();
    private boolean scheduled;

    /**
     * @param most rows in one run
     * @param limit how long one run may hold up the loop, nanoseconds
     */
    LoopBatch(int most, long limit, MonotonicClock clock) {
        this.most = most;
        this.limit = limit;
        this.clock = clock;
    }

    void add(Attempt attempt, Executor loop) {
        waiting.add(attempt);
        if (!scheduled) {
            schedule(loop);
        }
    }

    private void schedule(Executor loop) {
        scheduled = true;
        try {
            loop.execute(this);
        } catch (RejectedExecutionException shutDown) {
            run();
        }
    }

    @Override
    public void run() {
        scheduled = false;
        List<Attempt> turn = waiting;
        waiting = new ArrayList<>();
        List<Attempt> left = new ArrayList<>(turn);
        while (!left.isEmpty()) {
            new BatchRun(takeGroup(left), clock).run();
        }
        turn.forEach(LoopBatch::answer);
    }

    /** What goes wrong with one answer is not to keep the others from theirs. */
    private static void answer(Attempt attempt) {
        try {
            attempt.answer();
        } catch (RuntimeException | Error e) {
            LOG.error("an answer could not be given", e);
            giveUp(attempt, e);
        }
    }

    private static void giveUp(Attempt attempt, Throwable cause) {
        try {
            attempt.giveUp(cause);
        } catch (RuntimeException e) {
            LOG.debug("the call had ended already", e);
        }
    }

    /** Takes the first out, and those that can run with it within the limit. */
    private List<Attempt> takeGroup(List<Attempt> left) {
        Attempt first = left.getFirst();
        long room = room(first) - first.rows();
        List<Attempt> group = new ArrayList<>();
        int kept = 0;
        for (Attempt attempt : left) {
            if (attempt == first) {
                group.add(attempt);
            } else if (isMate(first, attempt) && attempt.rows() <= room) {
                group.add(attempt);
                room -= attempt.rows();
            } else {
                left.set(kept++, attempt);
            }
        }
        left.subList(kept, left.size()).clear();
        return group;
    }

    private static boolean isMate(Attempt first, Attempt other) {
        return first.rows() > 0 && other.rows() > 0 && first.runsWith(other);
    }

    /** Returns how many rows keep one run within its limits; none when it must run alone. */
    private long room(Attempt first) {
        long perRequest = Math.max(1, first.version().runTimes().p95());
        return first.version().isBatchable() ? Math.clamp(limit / perRequest, 1, most) : 0;
    }
}
