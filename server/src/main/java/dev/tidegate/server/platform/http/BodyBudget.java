package dev.tidegate.server.platform.http;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that bodies of all connections may keep in memory until they are answered. */
final class BodyBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    Share open() {
        return new Share();
    }

    private boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** What one body takes. */
    final class Share implements AutoCloseable {
        private final AtomicLong mine = new AtomicLong();

        /** Takes so many bytes more; false when there are not as many left. */
        boolean grow(long bytes) {
            if (!take(bytes)) {
                return false;
            }
            mine.addAndGet(bytes);
            return true;
        }

        /** Gives all back, however often it is called. */
        @Override
        public void close() {
            long left = mine.getAndSet(0);
            if (left > 0) {
                taken.addAndGet(-left);
            }
        }
    }
}
