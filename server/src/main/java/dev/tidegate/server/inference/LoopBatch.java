package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What one event loop has read in this turn and not yet run. Serves the loop's thread alone. */
final class LoopBatch implements Runnable {
    private final int most;
    private final long limit;
    private final MonotonicClock clock;
    private List<Attempt> waiting = new ArrayList<>();
    private List<Attempt> spare = new ArrayList<>();
    private boolean scheduled;

    /**
     * @param most requests in one run
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
        waiting = spare;
        while (!turn.isEmpty()) {
            List<Attempt> group = takeGroup(turn);
            new BatchRun(group, clock).run();
        }
        spare = turn;
    }

    /** Takes the first out, and as many that can run with it as keep within the limit. */
    private List<Attempt> takeGroup(List<Attempt> turn) {
        Attempt first = turn.getFirst();
        int room = room(first.version());
        List<Attempt> group = new ArrayList<>(Math.min(room, turn.size()));
        int kept = 0;
        for (Attempt attempt : turn) {
            if (group.size() < room && (attempt == first || first.runsWith(attempt))) {
                group.add(attempt);
            } else {
                turn.set(kept++, attempt);
            }
        }
        turn.subList(kept, turn.size()).clear();
        return group;
    }

    private int room(LoadedVersion version) {
        long perRequest = Math.max(1, version.runTimes().p95());
        return Math.clamp(limit / perRequest, 1, most);
    }
}
