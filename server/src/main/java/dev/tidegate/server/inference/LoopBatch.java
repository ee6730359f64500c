package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What one event loop has read in this turn and not yet run. Serves the loop's thread alone.
 *
 * <p>All runs come first, then the answers in the order in which the requests came: no arm of a
 * rollout waits for the other's answers, which would make the rarer one look slower.
 */
final class LoopBatch implements Runnable {
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
            new BatchRun(
                            BatchGroup.take(left.getFirst(), left, Integer.MAX_VALUE, most, limit),
                            clock)
                    .run();
        }
        turn.forEach(Attempt::answerOrGiveUp);
    }
}
