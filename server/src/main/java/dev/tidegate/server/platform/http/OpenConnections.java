package dev.tidegate.server.platform.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The connections that are open. */
final class OpenConnections {
    /** Guarded by itself. */
    private final Set<HttpConnection> open = new HashSet<>();

    private final int most;

    OpenConnections(int most) {
        this.most = most;
    }

    /** Takes one more, or returns false when there are as many as there may be. */
    boolean add(HttpConnection connection) {
        synchronized (open) {
            return open.size() < most && open.add(connection);
        }
    }

    void remove(HttpConnection connection) {
        synchronized (open) {
            open.remove(connection);
            open.notifyAll();
        }
    }

    List<HttpConnection> all() {
        synchronized (open) {
            return List.copyOf(open);
        }
    }

    /** Waits until none is left or the time is up; returns how many are left. */
    int awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (open) {
            long left = end - System.nanoTime();
            while (!open.isEmpty() && left > 0) {
                open.wait(Math.max(1, left / 1_000_000));
                left = end - System.nanoTime();
            }
            return open.size();
        }
    }
}
