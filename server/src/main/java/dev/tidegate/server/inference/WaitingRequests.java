package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for one of a number of threads, in a bounded queue for each model.
 *
 * <p>The models take turns: a thread that is free serves the model that was served longest ago, so
 * that one which is flooded takes no turn from another. What waits for the same version forms the
 * next batch, the oldest request first. A request never waits while a thread is idle, unless its
 * version's settings let it wait for others that can run with it: until one of these has waited as
 * long as it may, or a batch is full.
 */
final class WaitingRequests {
    /** So many kinds of requests, at most, are looked at for one that fills a batch. */
    private static final int KINDS = 32;

    /** How long one batch may keep its thread, by what its version's runs took. */
    private static final long LONGEST_RUN = TimeUnit.MILLISECONDS.toNanos(50);

    private final int threads;
    private final int most;
    private final int batch;

    /** Models with a queue that is not empty, the one whose turn is next first; guarded by this. */
    private final ArrayDeque<Long> turns = new ArrayDeque<>();

    /** By model, none of them empty; guarded by this. */
    private final Map<Long, List<Attempt>> queues = new HashMap<>();

    /** Threads that serve somebody; guarded by this. */
    private int busy;

    /** Nobody waits for others any more; guarded by this. */
    private boolean hurried;

    /**
     * @param threads that serve these queues
     * @param most requests that may wait for one model while all threads are busy, where their
     *     version's settings say nothing
     * @param batch rows in one run, likewise
     */
    WaitingRequests(int threads, int most, int batch) {
        this.threads = threads;
        this.most = most;
        this.batch = batch;
    }

    /**
     * Lets a request wait.
     *
     * @throws TidegateException exhausted when its model has as many waiting already as may
     */
    synchronized void add(Attempt attempt) {
        long model = attempt.modelId();
        List<Attempt> queue = queues.get(model);
        if (queue == null) {
            queue = new ArrayList<>();
            queues.put(model, queue);
            turns.add(model);
        }
        int places = allowed(attempt) + Math.max(0, threads - busy);
        if (queue.size() >= places) {
            dropSettled(queue);
        }
        if (queue.size() >= places) {
            throw TidegateException.exhausted(
                    "%d requests of model '%s' wait for a thread already, which is the most that may; try again later"
                            .formatted(queue.size(), attempt.version().version().model()));
        }
        queue.add(attempt);
    }

    private int allowed(Attempt attempt) {
        return attempt.version().version().settings().maxQueue().orElse(most);
    }

    /** Lets those go whose clients have been answered or are gone: they keep no place. */
    private static void dropSettled(List<Attempt> queue) {
        List<Attempt> settled = queue.stream().filter(Attempt::isSettled).toList();
        queue.removeAll(settled);
        settled.forEach(Attempt::run);
    }

    /** Takes back a request for which there will be no thread; false when one has it already. */
    synchronized boolean remove(Attempt attempt) {
        List<Attempt> queue = queues.get(attempt.modelId());
        if (queue == null || !queue.remove(attempt)) {
            return false;
        }
        if (queue.isEmpty()) {
            queues.remove(attempt.modelId());
            turns.remove(attempt.modelId());
        }
        return true;
    }

    /** Lets nobody wait for others from now on. */
    synchronized void hurry() {
        hurried = true;
    }

    /** Returns whether a thread that is free has something to run now. */
    synchronized boolean isDue(long now) {
        return turns.stream().anyMatch(model -> isDue(queues.get(model), now));
    }

    /**
     * Takes the requests that this thread is to run together; none when others have taken them, or
     * they wait for more. The thread calls {@link #done} after those that it got.
     *
     * @param now nanoseconds of the monotonic clock
     */
    synchronized List<Attempt> take(long now) {
        Iterator<Long> each = turns.iterator();
        while (each.hasNext()) {
            Long model = each.next();
            List<Attempt> queue = queues.get(model);
            Attempt first = queue == null ? null : due(queue, now);
            if (queue != null && first != null) {
                each.remove();
                return take(model, queue, first);
            }
        }
        return List.of();
    }

    private List<Attempt> take(Long model, List<Attempt> queue, Attempt first) {
        busy++;
        List<Attempt> group =
                BatchGroup.take(first, queue, share(first, queue), batch, LONGEST_RUN);
        if (queue.isEmpty()) {
            queues.remove(model);
        } else {
            turns.add(model);
        }
        return group;
    }

    private boolean isDue(@Nullable List<Attempt> queue, long now) {
        return queue != null && due(queue, now) != null;
    }

    /**
     * Returns the first request of those that may run now with what can run with them: one that
     * waits for others holds up none of another version or shape, and none with less time.
     */
    private @Nullable Attempt due(List<Attempt> queue, long now) {
        for (Attempt attempt : queue) {
            if (hurried
                    || now - attempt.waitsUntil() >= 0
                    || attempt.isSettled()
                    || queue.size() >= allowed(attempt)) {
                return firstWith(attempt, queue);
            }
        }
        return full(queue);
    }

    private static Attempt firstWith(Attempt due, List<Attempt> queue) {
        for (Attempt attempt : queue) {
            if (attempt == due || BatchGroup.isMate(attempt, due)) {
                return attempt;
            }
        }
        return due;
    }

    private @Nullable Attempt full(List<Attempt> queue) {
        List<Attempt> kinds = new ArrayList<>();
        for (Attempt attempt : queue) {
            if (kinds.stream().noneMatch(first -> BatchGroup.isMate(first, attempt))) {
                if (BatchGroup.isFull(attempt, queue, batch, LONGEST_RUN)) {
                    return attempt;
                }
                kinds.add(attempt);
                if (kinds.size() == KINDS) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * Returns how many rows to run at a time, so that threads that are idle get their part; all of
     * them where requests have waited for each other.
     */
    private int share(Attempt first, List<Attempt> queue) {
        if (first.version().batchDelay() > 0) {
            return Integer.MAX_VALUE;
        }
        int free = Math.max(0, threads - busy) + 1;
        return Math.max(1, (queue.size() + free - 1) / free);
    }

    /** The thread is free again. */
    synchronized void done() {
        busy--;
    }
}
